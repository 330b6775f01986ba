package io.kydai.streaming.live.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.streaming.FfmpegTools;
import io.kydai.streaming.ReceivedClips;
import io.kydai.streaming.SampleVideo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Other people's clients pull from our server, and what they decode is, picture for picture, what
 * the camera sent.
 */
class RtspPeersTest {
  private static final int SECONDS = 2;
  private static final String SOURCE =
      "ffmpeg -v error -f lavfi -i testsrc2=size=320x176:rate=25:duration=" + SECONDS + " ";

  @TempDir Path folder;

  @BeforeEach
  void needsFfmpeg() {
    FfmpegTools.assumeInstalled();
  }

  /** What ffmpeg decodes of what the camera sends; it says nothing at level "error". */
  private List<String> pulledByFfmpeg(List<AccessUnit> units, String transport) throws Exception {
    try (PublishedCamera camera = new PublishedCamera(units, false)) {
      String command =
          "ffmpeg -v error -rtsp_transport "
              + transport
              + " -i "
              + camera.url()
              + " -map 0:v -fps_mode passthrough -f framemd5 -";
      String output = FfmpegTools.run(folder, command.split(" "));
      return digests(output);
    }
  }

  private static List<String> digests(String framemd5) {
    return framemd5
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.substring(line.lastIndexOf(',') + 1).trim())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"tcp, 0", "tcp, 2", "udp, 0"})
  void ffmpegDecodesH264(String transport, int bPictures) throws Exception {
    SampleVideo sample = SampleVideo.encode(folder, SECONDS, bPictures);

    assertThat(pulledByFfmpeg(sample.units(), transport))
        .isEqualTo(FfmpegTools.pictures(sample.file()));
  }

  private Path h265() throws Exception {
    Path source = folder.resolve("source.h265");
    String how =
        "-c:v libx265 -preset ultrafast -pix_fmt yuv420p"
            + " -x265-params bframes=0:keyint=25:aud=1:pools=1:log-level=error ";
    FfmpegTools.run(folder, (SOURCE + how + source).split(" "));
    return source;
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp"})
  void ffmpegDecodesH265(String transport) throws Exception {
    Path source = h265();

    assertThat(pulledByFfmpeg(ReceivedClips.h265(Files.readAllBytes(source)), transport))
        .hasSize(25 * SECONDS)
        .isEqualTo(FfmpegTools.pictures(source));
  }

  @Test
  void ffmpegDecodesMotionJpeg() throws Exception {
    String how = "-c:v mjpeg -huffman default -q:v 2 -pix_fmt yuvj420p -f image2 ";
    FfmpegTools.run(folder, (SOURCE + how + folder.resolve("%03d.jpg")).split(" "));
    Path sources = folder.resolve("source.mkv");
    FfmpegTools.run(
        folder,
        ("ffmpeg -v error -i " + folder.resolve("%03d.jpg") + " -c copy " + sources).split(" "));

    List<String> all = FfmpegTools.pictures(sources);
    List<String> pulled = pulledByFfmpeg(ReceivedClips.jpeg(folder, 25 * SECONDS), "tcp");
    // Each picture is a key frame: a viewer begins with the newest, a few after it asked.
    assertThat(pulled)
        .hasSizeGreaterThan(25)
        .isEqualTo(all.subList(all.size() - pulled.size(), all.size()));
  }

  @Test
  void anotherResolutionIsDecodedFromItsFirstPictureOn() throws Exception {
    SampleVideo small = SampleVideo.encode(folder, 1, 0, 320, 180);
    SampleVideo large = SampleVideo.encode(folder, 1, 0, 640, 360);
    List<AccessUnit> units = new ArrayList<>(small.units());
    for (AccessUnit unit : large.units()) {
      long time = unit.mediaTime() + 90_000;
      units.add(SampleVideo.moved(unit, units.size(), time, unit.sequence() == 0));
    }
    try (PublishedCamera camera = new PublishedCamera(units, false)) {
      Path kept = folder.resolve("kept.h264");
      String command =
          "ffmpeg -v error -rtsp_transport tcp -i " + camera.url() + " -c copy " + kept;
      FfmpegTools.run(folder, command.split(" "));
      String sizes = FfmpegTools.probe(kept, "frame=width,height").replace(",\n", "\n");

      assertThat(sizes.lines().filter(line -> !line.isBlank()).map(String::trim).toList())
          .hasSize(50)
          .startsWith("320,180")
          .endsWith("640,360")
          .filteredOn("640,360"::equals)
          .hasSize(25);
    }
  }

  @ParameterizedTest
  @CsvSource({"tcp, h264", "udp, h264", "tcp, h265"})
  void gstreamerTakesEveryPicture(String transport, String codec) throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/gst-launch-1.0")),
        "Debian package 'gstreamer1.0-tools' is missing");
    boolean isH264 = codec.equals("h264");
    SampleVideo sample = isH264 ? SampleVideo.encode(folder, SECONDS, 0) : null;
    Path source = sample == null ? h265() : sample.file();
    List<AccessUnit> units =
        sample == null ? ReceivedClips.h265(Files.readAllBytes(source)) : sample.units();
    Path kept = folder.resolve("kept." + codec);
    try (PublishedCamera camera = new PublishedCamera(units, false)) {
      String pipeline =
          "gst-launch-1.0 -q rtspsrc location="
              + camera.url()
              + " latency=200 protocols="
              + transport
              + " ! rtp"
              + codec
              + "depay ! "
              + codec
              + "parse ! video/x-"
              + codec
              + ",stream-format=byte-stream,alignment=au ! filesink location="
              + kept;
      runToEnd(pipeline.split(" "));
    }

    assertThat(FfmpegTools.pictures(kept, "error")).isEqualTo(FfmpegTools.pictures(source));
  }

  /** Whatever its exit status: the end of a live stream is an error to some clients. */
  private void runToEnd(String... command) throws Exception {
    Path said = folder.resolve("said.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS))
          .as("%s ended: %s", Arrays.toString(command), Files.readString(said))
          .isTrue();
    } finally {
      process.destroyForcibly();
    }
  }
}
