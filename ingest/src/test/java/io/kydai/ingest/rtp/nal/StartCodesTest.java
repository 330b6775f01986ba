package io.kydai.ingest.rtp.nal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StartCodesTest {
  /** Few or many different bytes, so that there are many or few zeros and start codes. */
  @Test
  void theFirstIsFoundWhereverItLies() {
    Random random = new Random(1);
    for (int round = 0; round < 20_000; round++) {
      int most = 4 + random.nextInt(200);
      byte[] bytes = new byte[random.nextInt(120)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) Math.max(0, random.nextInt(most) - 2);
      }
      int from = random.nextInt(bytes.length + 1);
      int to = from + random.nextInt(bytes.length - from + 1);
      assertThat(StartCodes.find(bytes, from, to)).isEqualTo(plain(bytes, from, to));
    }
  }

  private static int plain(byte[] bytes, int from, int to) {
    for (int i = from; i + 2 < to; i++) {
      if (bytes[i] == 0 && bytes[i + 1] == 0 && bytes[i + 2] == 1) {
        return i;
      }
    }
    return -1;
  }

  @Test
  void aByteStreamIsSplitIntoItsUnits() {
    assertThat(split("6742c0")).containsExactly("6742c0");
    assertThat(split("000000016742c0")).containsExactly("6742c0");
    assertThat(split("6742c00000000168ce3c80")).containsExactly("6742c0", "68ce3c80");
    assertThat(split("00000167420000016800000000016500000001")).containsExactly("6742", "68", "65");
    assertThat(split("000001")).isEmpty();
  }

  private static List<String> split(String hex) {
    return StartCodes.split(HexFormat.of().parseHex(hex)).stream()
        .map(HexFormat.of()::formatHex)
        .toList();
  }
}
