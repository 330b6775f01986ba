package io.kydai.analytics.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.Codec;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.ingest.source.CameraId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessUnitQueueTest {
  private static final CodecParameters PARAMETERS =
      new CodecParameters(
          Codec.H264, 16, 16, List.of(new byte[] {0x67, 1, 2, 3}), List.of(new byte[] {0x68}));

  private final AccessUnitQueue queue = new AccessUnitQueue();
  private long sequence;

  private int offer(boolean key, int bytes) {
    return offer(key, false, bytes);
  }

  private int offer(boolean key, boolean damaged, int bytes) {
    return queue.offer(
        new AccessUnit(
            new CameraId("gate"),
            PARAMETERS,
            sequence,
            3600 * sequence,
            3600 * sequence++,
            Instant.EPOCH,
            WallClockSource.ARRIVAL,
            key,
            false,
            damaged,
            ByteBuffer.allocate(bytes)),
        0);
  }

  private AccessUnit poll() {
    return queue.poll().orElseThrow().unit();
  }

  @Test
  void aFullQueueGoesOnAtTheNewestKeyFrameInIt() {
    for (int i = 0; i < AccessUnitQueue.MAX_UNITS; i++) {
      assertThat(offer(i == 0 || i == 40, 10)).isZero();
    }
    assertThat(offer(false, 10)).isEqualTo(40);
    assertThat(poll().sequence()).isEqualTo(40);
    long next = 41;
    while (!queue.isEmpty()) {
      assertThat(poll().sequence()).isEqualTo(next++);
    }
    assertThat(next).isEqualTo(AccessUnitQueue.MAX_UNITS + 1);
  }

  @Test
  void withoutAnotherKeyFrameAllIsDroppedUpToTheNext() {
    for (int i = 0; i < AccessUnitQueue.MAX_UNITS; i++) {
      offer(i == 0, 10);
    }
    assertThat(offer(false, 10)).isEqualTo(AccessUnitQueue.MAX_UNITS + 1);
    assertThat(offer(false, 10)).isOne();
    assertThat(queue.isEmpty()).isTrue();
    assertThat(offer(true, 10)).isZero();
    assertThat(poll().keyFrame()).isTrue();
  }

  @Test
  void aDamagedKeyFrameIsNoPlaceToGoOnAt() {
    for (int i = 0; i < AccessUnitQueue.MAX_UNITS; i++) {
      offer(i == 20 || i == 40, i == 40, 10);
    }
    assertThat(offer(false, 10)).isEqualTo(20);
    assertThat(poll().sequence()).isEqualTo(20);
  }

  @Test
  void bytesAreBoundedToo() {
    int third = AccessUnitQueue.MAX_BYTES / 3;
    offer(true, third);
    offer(false, third);
    offer(false, third);
    assertThat(offer(true, third)).isEqualTo(3);
    assertThat(offer(false, AccessUnitQueue.MAX_BYTES + 1)).isEqualTo(2);
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void nothingIsTakenAfterClosing() {
    offer(true, 10);
    queue.close();
    offer(true, 10);
    assertThat(queue.poll()).isEmpty();
  }
}
