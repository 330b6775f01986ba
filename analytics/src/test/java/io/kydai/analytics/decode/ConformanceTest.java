package io.kydai.analytics.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.AccessUnit;
import io.kydai.ingest.ReceivedUnits;
import io.kydai.ingest.SharedData;
import io.kydai.ingest.rtp.NalPackets;
import io.kydai.ingest.rtp.NalPackets.Mode;
import io.netty.buffer.ByteBuf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * All H.264 conformance streams, sent as RTP in every packetisation mode, received and decoded: as
 * many pictures, and the same, as decoding the file gives.
 */
class ConformanceTest {
  @Test
  void everyStreamIsReceivedAndDecodedExactlyInEveryPacketisationMode() throws Exception {
    Path folder = SharedData.assumeThere("h264-conformance");
    List<String> rows = Files.readAllLines(folder.resolve("EXPECTED.tsv"));
    StringBuilder wrong = new StringBuilder();
    int streams = 0;
    for (String row : rows.subList(1, rows.size())) {
      String[] expected = row.split("\t");
      List<List<byte[]>> file = ElementaryStream.read(folder.resolve(expected[0]));
      List<AccessUnit> units = received(file, Mode.SINGLE);
      for (Mode mode : List.of(Mode.AGGREGATED, Mode.FRAGMENTED)) {
        List<AccessUnit> same = received(file, mode);
        assertThat(same).as(expected[0] + " " + mode).isEqualTo(units);
      }
      String decoded = decoded(units);
      if (!decoded.equals(expected[5] + " " + expected[1])) {
        wrong.append(expected[0]).append(": ").append(decoded).append(", not ");
        wrong.append(expected[5]).append('\n');
      }
      streams++;
    }
    assertThat(wrong.toString()).isEmpty();
    assertThat(streams).isEqualTo(36);
  }

  private static List<AccessUnit> received(List<List<byte[]>> file, Mode mode) throws Exception {
    ReceivedUnits received =
        new ReceivedUnits("H264", Map.of("packetization-mode", mode == Mode.SINGLE ? "0" : "1"));
    NalPackets packets = new NalPackets(false, mode);
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

  private static String decoded(List<AccessUnit> units) throws Exception {
    MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
    int[] count = new int[1];
    try (CameraDecoder decoder =
        new CameraDecoder(
            frame -> {
              count[0]++;
              CameraDecoderTest.update(sha1, frame);
              frame.close();
            })) {
      for (AccessUnit unit : units) {
        decoder.decode(unit, 0);
      }
      decoder.end();
    }
    return count[0] + " " + HexFormat.of().formatHex(sha1.digest());
  }
}
