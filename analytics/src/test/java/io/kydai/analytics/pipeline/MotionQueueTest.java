package io.kydai.analytics.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.motion.MotionField;
import io.kydai.analytics.motion.MotionMap;
import io.kydai.analytics.motion.PictureMotion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MotionQueueTest {
  private final MotionQueue queue = new MotionQueue();

  private void offer(long mediaTime, boolean bidirectional) {
    MotionField.Builder field = new MotionField.Builder(64, 64, bidirectional);
    field.add(0, 0, 64, 64, 4, 0);
    queue.offer(
        new PictureMotion(mediaTime, Instant.EPOCH, 64, 64, field.build(), MotionMap.UNKNOWN));
  }

  private List<PictureMotion> taken(long until) {
    List<PictureMotion> taken = new ArrayList<>();
    for (Optional<PictureMotion> next = queue.poll(until);
        next.isPresent();
        next = queue.poll(until)) {
      taken.add(next.get());
    }
    return taken;
  }

  @Test
  void picturesComeInOrderUpToTheOneThatIsLookedAt() {
    for (int i = 1; i <= 5; i++) {
      offer(i, false);
    }

    assertThat(taken(3)).extracting(PictureMotion::mediaTime).containsExactly(1L, 2L, 3L);
    assertThat(taken(3)).isEmpty();
    assertThat(taken(Long.MAX_VALUE)).extracting(PictureMotion::mediaTime).containsExactly(4L, 5L);
  }

  @Test
  void whenItIsFullAllAreDroppedAndTheNextReferenceHasNoMotion() {
    for (int i = 0; i < MotionQueue.MOST; i++) {
      offer(i, false);
    }
    offer(100, true);
    offer(101, false);
    offer(102, false);

    List<PictureMotion> taken = taken(Long.MAX_VALUE);
    assertThat(taken).extracting(PictureMotion::mediaTime).containsExactly(100L, 101L, 102L);
    assertThat(taken.get(0).field().bidirectional()).isTrue();
    assertThat(taken.get(1).field()).isSameAs(MotionField.NONE);
    assertThat(taken.get(2).field().isEmpty()).isFalse();
  }

  @Test
  void afterARestartTheFirstPictureHasNoMotion() {
    offer(1, false);
    queue.restart();
    offer(2, false);

    assertThat(taken(Long.MAX_VALUE))
        .singleElement()
        .satisfies(
            picture -> {
              assertThat(picture.mediaTime()).isEqualTo(2);
              assertThat(picture.field()).isSameAs(MotionField.NONE);
            });
  }
}
