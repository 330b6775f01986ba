package io.kydai.analytics.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;

import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.decode.OpenNatives;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LatestFrameTest {
  private final List<SkipReason> skipped = new ArrayList<>();

  @AfterEach
  void nothingIsLeftOpen() {
    assertThat(OpenNatives.frames()).isZero();
  }

  private static DecodedFrame at(long mediaTime) {
    return DecodedFrame.ofFile(av_frame_alloc(), mediaTime);
  }

  @Test
  void theNewestFrameReplacesTheOneThatWaited() {
    try (LatestFrame slot = new LatestFrame(100, reason -> skipped.add(reason))) {
      for (int i = 0; i < 50; i++) {
        assertThat(slot.offer(at(i * 3600))).isTrue();
        assertThat(OpenNatives.frames()).isOne();
      }
      try (DecodedFrame frame = slot.take().orElseThrow()) {
        assertThat(frame.mediaTime()).isEqualTo(49 * 3600);
      }
      assertThat(slot.take()).isEmpty();
    }
    assertThat(skipped).hasSize(49);
  }

  @Test
  void tenPerSecondOfTwentyFiveAreTenAndNotEight() {
    List<Long> taken = new ArrayList<>();
    try (LatestFrame slot = new LatestFrame(10, reason -> skipped.add(reason))) {
      for (int i = 0; i < 250; i++) {
        slot.offer(at(i * 3600));
        slot.take()
            .ifPresent(
                frame -> {
                  taken.add(frame.mediaTime());
                  frame.close();
                });
      }
    }
    assertThat(taken).hasSize(100);
    assertThat(skipped).hasSize(150).containsOnly(SkipReason.RATE);
  }

  @Test
  void afterAGapTheRateIsNotMadeUpFor() {
    try (LatestFrame slot = new LatestFrame(10, reason -> skipped.add(reason))) {
      slot.offer(at(0));
      slot.take().orElseThrow().close();
      slot.offer(at(900_000));
      slot.take().orElseThrow().close();
      assertThat(slot.offer(at(903_600))).isFalse();
      assertThat(slot.offer(at(909_000))).isTrue();
    }
  }

  @Test
  void aFrameThatIsNotNewerIsRefused() {
    try (LatestFrame slot = new LatestFrame(100, reason -> skipped.add(reason))) {
      slot.offer(at(7200));
      assertThat(slot.offer(at(3600))).isFalse();
      slot.take().orElseThrow().close();
      assertThat(slot.offer(at(7200))).isFalse();
    }
  }

  @Test
  void whileAFrameWaitsOnlyThePointsOfTheGridThatPassAreLost() {
    try (LatestFrame slot = new LatestFrame(5, reason -> skipped.add(reason))) {
      for (int i = 0; i <= 25; i++) { // a second: six points, of which the last is taken
        slot.offer(at(i * 3600));
      }
      assertThat(slot.take().map(LatestFrameTest::closed)).contains(25 * 3600L);
      assertThat(skipped).hasSize(25);
      assertThat(skipped).filteredOn(SkipReason.BUSY::equals).hasSize(5);
      assertThat(slot.offer(at(29 * 3600))).isFalse();
      assertThat(slot.offer(at(30 * 3600))).isTrue();
    }
  }

  private static long closed(DecodedFrame frame) {
    frame.close();
    return frame.mediaTime();
  }

  @Test
  void aHigherRateHoldsAtOnceAndALowerOneAfterTheNextFrame() {
    try (LatestFrame slot = new LatestFrame(1, reason -> skipped.add(reason))) {
      slot.offer(at(0));
      slot.take().orElseThrow().close();
      assertThat(slot.offer(at(18_000))).isFalse();
      slot.rate(5, false);
      assertThat(slot.offer(at(21_600))).isTrue();
      slot.take().orElseThrow().close();
      slot.rate(1, true);
      assertThat(slot.offer(at(36_000))).isTrue();
      slot.take().orElseThrow().close();
      assertThat(slot.offer(at(72_000))).isFalse();
      assertThat(skipped).containsExactly(SkipReason.RATE, SkipReason.IDLE);
    }
  }

  @Test
  void theFirstFrameAfterAWakeIsTaken() {
    try (LatestFrame slot = new LatestFrame(1, reason -> skipped.add(reason))) {
      slot.offer(at(0));
      slot.take().orElseThrow().close();
      slot.wake();
      assertThat(slot.offer(at(3600))).isTrue();
    }
  }

  @Test
  void nothingStaysAfterClosing() {
    LatestFrame slot = new LatestFrame(100, reason -> skipped.add(reason));
    slot.offer(at(0));
    slot.close();
    assertThat(slot.offer(at(90_000))).isFalse();
    assertThat(slot.take()).isEmpty();
  }
}
