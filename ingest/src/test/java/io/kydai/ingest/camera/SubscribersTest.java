package io.kydai.ingest.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AccessUnitSource;
import io.kydai.ingest.media.Codec;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.ingest.source.CameraId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SubscribersTest {
  private static final CameraId GATE = new CameraId("gate");

  private final Subscribers<AccessUnit> subscribers = new Subscribers<>();
  private final Subscribers<AccessUnit>.Publisher publisher = subscribers.publisher(GATE);
  private final List<String> got = new ArrayList<>();

  private static AccessUnit unit(CameraId camera) {
    CodecParameters parameters =
        new CodecParameters(
            Codec.H264, 16, 16, List.of(new byte[] {0x67, 1, 2, 3}), List.of(new byte[] {0x68}));
    return new AccessUnit(
        camera,
        parameters,
        0,
        0,
        0,
        Instant.EPOCH,
        WallClockSource.ARRIVAL,
        true,
        true,
        false,
        ByteBuffer.allocate(5));
  }

  @Test
  void everySubscriberOfTheCameraGetsTheSameUnitUntilItCloses() {
    AccessUnitSource.Subscription first = subscribers.add(GATE, unit -> got.add("a"));
    subscribers.add(GATE, unit -> got.add("b"));
    subscribers.add(new CameraId("other"), unit -> got.add("never"));
    publisher.publish(unit(GATE));
    first.close();
    first.close();
    publisher.publish(unit(GATE));
    assertThat(got).containsExactly("a", "b", "b");
  }

  @Test
  void theSameSubscriberMaySubscribeTwiceAndLeaveOnce() {
    Consumer<AccessUnit> twice = unit -> got.add("x");
    subscribers.add(GATE, twice).close();
    AccessUnitSource.Subscription one = subscribers.add(GATE, twice);
    subscribers.add(GATE, twice);
    one.close();
    publisher.publish(unit(GATE));
    assertThat(got).containsExactly("x");
  }

  @Test
  void aSubscriberThatComesOrGoesBetweenTwoUnitsIsSeenWithTheNext() {
    publisher.publish(unit(GATE));
    AccessUnitSource.Subscription late = subscribers.add(GATE, unit -> got.add("late"));
    publisher.publish(unit(GATE));
    late.close();
    publisher.publish(unit(GATE));
    assertThat(got).containsExactly("late");
  }

  @Test
  void aSubscriberThatThrowsDisturbsNoOther() {
    subscribers.add(
        GATE,
        unit -> {
          throw new IllegalStateException("its own fault");
        });
    subscribers.add(GATE, unit -> got.add("b"));
    publisher.publish(unit(GATE));
    assertThat(got).containsExactly("b");
  }
}
