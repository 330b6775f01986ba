package io.kydai.streaming.mp4;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.ReceivedUnits;
import io.kydai.ingest.rtp.nal.NalPackets;
import io.kydai.ingest.rtp.packet.RtpBytes;
import io.kydai.streaming.FfmpegTools;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

    Path file = write(h265(Files.readAllBytes(source)));

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
    List<AccessUnit> units = h265(Files.readAllBytes(source));
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
      List<AccessUnit> units = h265(Files.readAllBytes(source));
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
    ReceivedUnits received = new ReceivedUnits("JPEG", Map.of());
    int sequence = 0;
    for (int i = 1; i <= 50; i++) {
      byte[] jpeg = Files.readAllBytes(folder.resolve(String.format("%03d.jpg", i)));
      ByteBuf packet = RtpBytes.packet(sequence++, i * 3600L, true, payload(jpeg));
      received.rtp(packet);
      packet.release();
    }

    Path file = write(received.units());

    Path sources = folder.resolve("source.mkv");
    FfmpegTools.run(
        folder,
        ("ffmpeg -v error -i " + folder.resolve("%03d.jpg") + " -c copy " + sources).split(" "));
    assertThat(FfmpegTools.pictures(file)).hasSize(50).isEqualTo(FfmpegTools.pictures(sources));
    assertThat(FfmpegTools.probe(file, "stream=codec_name,codec_tag_string,width,height").trim())
        .isEqualTo("mjpeg,jpeg,320,176");
  }

  /** A whole picture as one payload (RFC 2435), its quantisation tables in-band. */
  private static byte[] payload(byte[] jpeg) {
    List<byte[]> tables = new ArrayList<>();
    int at = 2;
    while ((jpeg[at + 1] & 0xff) != 0xda) {
      int length = (jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff;
      if ((jpeg[at + 1] & 0xff) == 0xdb) {
        for (int table = at + 4; table < at + 2 + length; table += 65) {
          tables.add(Arrays.copyOfRange(jpeg, table + 1, table + 65));
        }
      }
      at += 2 + length;
    }
    at += 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
    ByteBuffer out = ByteBuffer.allocate(8 + 4 + 128 + jpeg.length - at);
    out.putInt(0).put(new byte[] {1, (byte) 255, 320 / 8, 176 / 8}).putInt(128);
    out.put(tables.get(0)).put(tables.get(tables.size() - 1)).put(jpeg, at, jpeg.length - at);
    return out.array();
  }

  /** Through RTP and back, so that these are access units as cameras give them. */
  private static List<AccessUnit> h265(byte[] stream) throws Exception {
    ReceivedUnits received = new ReceivedUnits("H265", Map.of());
    NalPackets packets = new NalPackets(true, NalPackets.Mode.SINGLE);
    List<byte[]> unit = new ArrayList<>();
    long timestamp = 0;
    for (byte[] nal : nals(stream)) {
      boolean delimiter = (nal[0] >> 1 & 0x3f) == 35;
      if (delimiter && !unit.isEmpty()) {
        send(packets.of(unit, timestamp), received);
        timestamp += 3600;
        unit.clear();
      }
      unit.add(nal);
    }
    send(packets.of(unit, timestamp), received);
    return received.units();
  }

  private static void send(List<ByteBuf> packets, ReceivedUnits to) throws Exception {
    for (ByteBuf packet : packets) {
      to.rtp(packet);
      packet.release();
    }
  }

  private static List<byte[]> nals(byte[] stream) {
    List<byte[]> nals = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= stream.length; i++) {
      boolean end = i == stream.length;
      boolean code =
          i + 2 < stream.length && stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1;
      if (start >= 0 && (end || code)) {
        int stop = i;
        while (stop > start && stream[stop - 1] == 0) {
          stop--;
        }
        nals.add(Arrays.copyOfRange(stream, start, stop));
        start = -1;
      }
      if (code) {
        start = i + 3;
        i += 2;
      }
    }
    return nals;
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
