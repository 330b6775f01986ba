package io.kydai.models.head;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteSearchTest {
  @Test
  void everyByteThatReachesEveryLimitIsFoundAtEveryPlace() {
    byte[] bytes = new byte[1000 + 3]; // and not a multiple of eight
    new Random(3).nextBytes(bytes);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    for (int least = 0; least <= 256; least++) {
      int at = -1;
      for (int i = 0; i < bytes.length; i++) {
        if ((bytes[i] & 0xff) >= least) {
          at = ByteSearch.next(buffer, at + 1, bytes.length, least);
          assertThat(at).as("of at least %d", least).isEqualTo(i);
        }
      }
      assertThat(ByteSearch.next(buffer, at + 1, bytes.length, least)).isEqualTo(bytes.length);
    }
  }
}
