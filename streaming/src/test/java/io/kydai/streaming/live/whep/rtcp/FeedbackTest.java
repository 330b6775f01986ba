package io.kydai.streaming.live.whep.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a receiver says: written here byte by byte, and whatever bytes there are. */
class FeedbackTest {
  private static final String REPORT =
      "81c90007000000010000002a40000005000012340000001200000000" + "00000000";
  private static final String NACK = "81cd0003000000010000002affff8001";
  private static final String PICTURE_LOSS = "81ce0002000000010000002a";
  private static final String FULL_INTRA = "84ce0004000000010000000000" + "00002a01000000";
  private static final String REMB = "8fce000500000001000000005245" + "4d42010bd0900000002a";

  private final List<String> heard = new ArrayList<>();

  private final Feedback.Listener listener =
      new Feedback.Listener() {
        @Override
        public void onLost(int ssrc, int sequence) {
          heard.add("lost " + ssrc + " " + sequence);
        }

        @Override
        public void onKeyFrameWanted() {
          heard.add("key frame");
        }

        @Override
        public void onEstimate(long bitsPerSecond) {
          heard.add("estimate " + bitsPerSecond);
        }

        @Override
        public void onReport(int ssrc, int fractionLost, long jitter) {
          heard.add("report " + ssrc + " " + fractionLost + " " + jitter);
        }
      };

  private static byte[] bytes(String... packets) {
    return HexFormat.of().parseHex(String.join("", packets));
  }

  @Test
  void eachKindIsHeardInItsOrder() {
    byte[] compound = bytes(REPORT, NACK, PICTURE_LOSS, FULL_INTRA, REMB);
    Feedback.read(compound, compound.length, listener);
    assertThat(heard)
        .containsExactly(
            "report 42 64 18",
            "lost 42 65535",
            "lost 42 0",
            "lost 42 15",
            "key frame",
            "key frame",
            // 4 · 2^2 · … : the mantissa 0x3d090 (250,000) times 2^2.
            "estimate 1000000");
  }

  @Test
  void noMoreIsLostThanABoundOnce() {
    StringBuilder many = new StringBuilder("81cd0066" + "000000010000002a");
    for (int i = 0; i < 100; i++) {
      many.append(String.format("%04xffff", 17 * i));
    }
    byte[] compound = bytes(many.toString());
    Feedback.read(compound, compound.length, listener);
    assertThat(heard).hasSize(Feedback.MAX_LOST);
  }

  /** Neither cut nor changed bytes are more than passed over. */
  @Test
  void whateverComesIsBounded() {
    Random random = new Random(3);
    byte[] whole = bytes(REPORT, NACK, PICTURE_LOSS, FULL_INTRA, REMB);
    for (int round = 0; round < 20_000; round++) {
      byte[] changed = whole.clone();
      for (int i = random.nextInt(6); i >= 0; i--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      heard.clear();
      Feedback.read(changed, random.nextInt(changed.length + 1), listener);
      assertThat(heard.size()).isLessThanOrEqualTo(31 * Feedback.MAX_PACKETS + Feedback.MAX_LOST);
    }
  }
}
