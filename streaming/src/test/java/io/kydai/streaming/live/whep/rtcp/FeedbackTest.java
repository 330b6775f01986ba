package io.kydai.streaming.live.whep.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
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

  private static final String ARRIVALS =
      "8fcd0007000000010000002affff0006"
          + "ffffff07"
          + "20010003d800"
          + "04"
          + "01"
          + "ffff"
          + "0000";

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
        public void onArrivals(TransportFeedback feedback) {
          heard.add("arrivals " + feedback.first() + " " + Arrays.toString(feedback.arrivals()));
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

  /**
   * 0 arrived 1 ms after -64 ms, 1 to 3 are lost, 4 came 0.25 ms after 0 and 5 as much before it: a
   * run, another, and a vector of two bits with four symbols too many.
   */
  @Test
  void arrivalsAreReadFromRunsAndVectors() {
    byte[] compound = bytes(ARRIVALS);
    Feedback.read(compound, compound.length, listener);
    long lost = TransportFeedback.LOST;
    assertThat(heard)
        .containsExactly(
            "arrivals 65535 "
                + Arrays.toString(new long[] {-63_000, lost, lost, lost, -62_750, -63_000}));
  }

  @Test
  void arrivalsThatAreNotWholeAreNone() {
    List<String> wrong =
        List.of(
            ARRIVALS.replace("20010003", "20016003"), // The reserved symbol.
            ARRIVALS.replace("20010003", "20010000"), // A run of none.
            ARRIVALS.replace("ffff0006", "ffff0000"),
            ARRIVALS.replace("ffff0006", "ffff1001"),
            ARRIVALS.replace("8fcd0007", "8fcd0004").substring(0, 40), // Chunks are missing.
            ARRIVALS.replace("20010003d800", "40054003d800")); // Deltas are missing.
    for (String one : wrong) {
      byte[] compound = bytes(one);
      Feedback.read(compound, compound.length, listener);
    }
    assertThat(heard).isEmpty();
  }

  /** Neither cut nor changed bytes are more than passed over. */
  @Test
  void whateverComesIsBounded() {
    Random random = new Random(3);
    byte[] whole = bytes(REPORT, NACK, PICTURE_LOSS, FULL_INTRA, REMB, ARRIVALS);
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
