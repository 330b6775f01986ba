package io.kydai.analytics.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.ReceivedUnits;
import io.kydai.ingest.rtp.nal.NalPackets;
import io.kydai.ingest.rtp.nal.NalPackets.Mode;
import io.netty.buffer.ByteBuf;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All H.264 conformance streams, sent as RTP in every packetisation mode, received and decoded: as
 * many pictures, and the same, as decoding the file gives.
 */
class ConformanceTest {
  @TempDir Path folder;

  @Test
  void everyStreamIsReceivedAndDecodedExactlyInEveryPacketisationMode() throws Exception {
    SoftAssertions all = new SoftAssertions();
    for (ConformanceStream stream : ConformanceStream.all()) {
      List<List<byte[]>> file = ElementaryStream.read(stream.file());
      List<AccessUnit> units = received("H264", file, Mode.SINGLE);
      for (Mode mode : List.of(Mode.AGGREGATED, Mode.FRAGMENTED)) {
        List<AccessUnit> same = received("H264", file, mode);
        assertThat(same).as(stream.name() + " " + mode).isEqualTo(units);
      }
      String pictures = Pictures.decode(units).toString();
      all.assertThat(pictures).as(stream.name()).isEqualTo(stream.expected());
    }
    all.assertAll();
  }

  /** H.265 that we encode: one picture size, then another, with all that encoders put between. */
  @Test
  void h265IsReceivedAndDecodedExactlyInEveryPacketisationModeAcrossAChangeOfSize()
      throws Exception {
    String how =
        "-c:v libx265 -preset ultrafast -pix_fmt yuv420p -x265-params bframes=2:slices=3:aud=1"
            + ":keyint=20:open-gop=1:repeat-headers=1:pools=1:log-level=error -f hevc";
    sizesChangeExactly("H265", how);
  }

  @Test
  void h264AcrossAChangeOfSizeLikewise() throws Exception {
    sizesChangeExactly("H264", "-c:v libx264 -pix_fmt yuv420p -bf 2 -g 20 -f h264");
  }

  private void sizesChangeExactly(String codec, String how) throws Exception {
    Path large = encoded("640x360", how);
    Path small = encoded("320x240", how);
    List<List<byte[]>> file = new ArrayList<>(ElementaryStream.read(large));
    file.addAll(ElementaryStream.read(small));
    List<AccessUnit> units = received(codec, file, Mode.SINGLE);
    assertThat(received(codec, file, Mode.AGGREGATED)).isEqualTo(units);
    assertThat(received(codec, file, Mode.FRAGMENTED)).isEqualTo(units);
    assertThat(units)
        .extracting(unit -> unit.parameters().toString())
        .startsWith(codec + " 640x360");
    MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
    sha1.update(pixelsByFfmpeg(large));
    sha1.update(pixelsByFfmpeg(small));
    assertThat(Pictures.decode(units))
        .hasToString("100 " + HexFormat.of().formatHex(sha1.digest()));
  }

  private Path encoded(String size, String how) throws Exception {
    Path file = folder.resolve(size + (how.endsWith("hevc") ? ".h265" : ".h264"));
    FfmpegProgram.run(
        "-f lavfi -i testsrc2=size=" + size + ":rate=25 -frames:v 50 " + how + " " + file);
    return file;
  }

  private static byte[] pixelsByFfmpeg(Path file) throws Exception {
    return FfmpegProgram.run("-i " + file + " -f rawvideo -pix_fmt yuv420p -");
  }

  private static List<AccessUnit> received(String codec, List<List<byte[]>> file, Mode mode)
      throws Exception {
    ReceivedUnits received =
        new ReceivedUnits(codec, Map.of("packetization-mode", mode == Mode.SINGLE ? "0" : "1"));
    NalPackets packets = new NalPackets(codec.equals("H265"), mode);
    long timestamp = 0;
    for (List<byte[]> nals : file) {
      for (ByteBuf packet : packets.of(nals, timestamp)) {
        received.rtp(packet);
        packet.release();
      }
      timestamp += 3600;
    }
    return received.units();
  }
}
