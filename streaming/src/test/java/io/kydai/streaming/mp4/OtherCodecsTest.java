package io.kydai.streaming.mp4;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.streaming.FfmpegTools;
import io.kydai.streaming.ReceivedClips;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clips of H.265 and motion JPEG as we write them, read by ffprobe and decoded by ffmpeg. */
class OtherCodecsTest {
  private static final String SOURCE =
      "ffmpeg -v error -f lavfi -i testsrc2=size=320x176:rate=25:duration=2 ";

  @TempDir Path folder;

  @BeforeEach
  void needsFfmpeg() {
    FfmpegTools.assumeInstalled();
  }

  @Test
  void aClipOfH265HasTheSourcesPictures() throws Exception {
    Path source = folder.resolve("source.h265");
    String how =
        "-c:v libx265 -preset ultrafast -pix_fmt yuv420p"
            + " -x265-params bframes=0:keyint=25:aud=1:pools=1:log-level=error ";
    FfmpegTools.run(folder, (SOURCE + how + source).split(" "));

    Path file = write(ReceivedClips.h265(Files.readAllBytes(source)));

    assertThat(FfmpegTools.pictures(file)).hasSize(50).isEqualTo(FfmpegTools.pictures(source));
    assertThat(FfmpegTools.probe(file, "stream=codec_name,codec_tag_string,width,height").trim())
        .isEqualTo("hevc,hvc1,320,176");
  }

  @Test
  void pixelsThatAreNotSquareAreToldByTheFile() throws Exception {
    Path source = folder.resolve("wide.h265");
    String how =
        "-vf setsar=24/11 -c:v libx265 -preset ultrafast -pix_fmt yuv420p"
            + " -x265-params bframes=0:pools=1:log-level=error ";
    FfmpegTools.run(folder, (SOURCE + how + source).split(" "));
    List<AccessUnit> units = ReceivedClips.h265(Files.readAllBytes(source));
    for (ByteBuffer told :
        List.of(
            Fragments.initialisation(units.get(0).parameters()),
            ByteBuffer.wrap(Files.readAllBytes(write(units))))) {
      byte[] bytes = new byte[told.remaining()];
      told.get(bytes);
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      assertThat(text).containsOnlyOnce("pasp\0\0\0\u0018\0\0\0\u000b");
      int displayed = 320 * 24 / 11;
      assertThat(text.substring(text.indexOf("tkhd"), text.indexOf("mdia")))
          .contains("" + (char) (displayed >> 8) + (char) (displayed & 0xff) + "\0\0\0\u00b0");
    }
  }

  @Test
  void fragmentsOfH265Play() throws Exception {
    Path source = folder.resolve("source.h265");
    String how =
        "-c:v libx265 -preset ultrafast -pix_fmt yuv420p"
            + " -x265-params bframes=0:keyint=25:aud=1:pools=1:log-level=error ";
    FfmpegTools.run(folder, (SOURCE + how + source).split(" "));
    Path file = folder.resolve("fragmented.mp4");
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      List<AccessUnit> units = ReceivedClips.h265(Files.readAllBytes(source));
      out.write(Fragments.initialisation(units.get(0).parameters()));
      for (AccessUnit unit : units) {
        out.write(Fragments.fragment(unit.sequence() + 1, unit, unit.mediaTime(), 3600));
      }
    }
    assertThat(FfmpegTools.pictures(file)).isEqualTo(FfmpegTools.pictures(source));
  }

  @Test
  void aClipOfMotionJpegHasTheSourcesPictures() throws Exception {
    String how = "-c:v mjpeg -huffman default -q:v 4 -pix_fmt yuvj420p -f image2 ";
    FfmpegTools.run(folder, (SOURCE + how + folder.resolve("%03d.jpg")).split(" "));
    List<AccessUnit> units = ReceivedClips.jpeg(folder, 50);

    Path file = write(units);

    Path sources = folder.resolve("source.mkv");
    FfmpegTools.run(
        folder,
        ("ffmpeg -v error -i " + folder.resolve("%03d.jpg") + " -c copy " + sources).split(" "));
    assertThat(FfmpegTools.pictures(file)).hasSize(50).isEqualTo(FfmpegTools.pictures(sources));
    assertThat(FfmpegTools.probe(file, "stream=codec_name,codec_tag_string,width,height").trim())
        .isEqualTo("mjpeg,jpeg,320,176");
  }

  private Path write(List<AccessUnit> units) throws Exception {
    Path file = folder.resolve("out.mp4");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      Mp4File.write(units, channel);
    }
    return file;
  }
}
