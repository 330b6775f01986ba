package io.kydai.ingest.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequenceTrackerTest {
  private final SequenceTracker tracker = new SequenceTracker();

  @Test
  void missingPacketsAreCountedOverTheWrap() {
    assertThat(tracker.missingBefore(65533)).isZero();
    assertThat(tracker.missingBefore(65534)).isZero();
    assertThat(tracker.missingBefore(1)).isEqualTo(2);
    assertThat(tracker.missingBefore(2)).isZero();
  }

  @Test
  void whatCameBeforeIsADuplicate() {
    tracker.missingBefore(5);
    tracker.missingBefore(6);
    assertThat(tracker.missingBefore(5)).isEqualTo(SequenceTracker.DUPLICATE);
    assertThat(tracker.missingBefore(6)).isEqualTo(SequenceTracker.DUPLICATE);
    assertThat(tracker.missingBefore(7)).isZero();
  }

  @Test
  void aJumpCountsAsOneAndIsFollowed() {
    tracker.missingBefore(5);
    assertThat(tracker.missingBefore(30_000)).isEqualTo(1);
    assertThat(tracker.missingBefore(30_001)).isZero();
    assertThat(tracker.missingBefore(10_000)).isEqualTo(1);
    assertThat(tracker.missingBefore(10_001)).isZero();
  }
}
