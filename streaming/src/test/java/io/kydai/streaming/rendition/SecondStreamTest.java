package io.kydai.streaming.rendition;

import static io.kydai.streaming.rendition.TwoStreams.CAMERA;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.observation.Observation;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.media.AccessUnitSubscriber;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.streaming.live.event.Fragment;
import io.kydai.streaming.live.event.LiveEvent;
import io.kydai.streaming.live.event.LiveEvent.Alignment;
import io.kydai.streaming.live.event.LiveEvent.Alignment.Basis;
import io.kydai.streaming.live.event.LiveObservation;
import io.kydai.streaming.live.event.LiveSubscriber;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SecondStreamTest {
  private final TwoStreams streams = new TwoStreams(Duration.ZERO);
  private final Source source = new Source();
  private final Semaphore places = new Semaphore(1);
  private final List<Runnable> due = new ArrayList<>();
  private Duration now = Duration.ZERO;
  private final SecondStream second = stream();

  private SecondStream stream() {
    return new SecondStream(
        CAMERA, source, Runnable::run, places, this::after, () -> now.toNanos(), lost -> {});
  }

  private Runnable after(Duration delay, Runnable task) {
    assertThat(delay).isEqualTo(SecondStream.LINGER);
    due.add(task);
    return () -> due.remove(task);
  }

  @Test
  void itIsReceivedFromTheFirstViewerOnUntilAWhileAfterTheLast() {
    assertThat(source.begun).isZero();
    Subscription one = second.watch(new Viewer()).orElseThrow();
    Subscription other = second.watch(new Viewer()).orElseThrow();
    assertThat(source.begun).isEqualTo(1);
    assertThat(second.viewers()).isEqualTo(2);

    one.close();
    one.close();
    assertThat(due).isEmpty();
    other.close();
    assertThat(due).hasSize(1);
    assertThat(source.ended).isZero();

    Subscription back = second.watch(new Viewer()).orElseThrow();
    assertThat(due).isEmpty();
    assertThat(source.begun).isEqualTo(1);

    back.close();
    due.get(0).run();
    assertThat(source.ended).isEqualTo(1);
    assertThat(second.isReceived()).isFalse();
  }

  @Test
  void whoComesAfterItsEndSeesNothingThatWasKept() {
    Viewer before = new Viewer();
    Subscription viewing = second.watch(before).orElseThrow();
    seconds(1);
    viewing.close();
    due.get(0).run();

    Viewer after = new Viewer();
    second.watch(after);

    assertThat(before.of(Fragment.class)).isNotEmpty();
    assertThat(after.events).isEmpty();
  }

  @Test
  void beyondTheMostThereIsNoOtherUntilOneEnds() {
    SecondStream other = stream();
    Subscription viewing = second.watch(new Viewer()).orElseThrow();

    assertThat(other.watch(new Viewer())).isEmpty();
    viewing.close();
    due.get(0).run();

    assertThat(other.watch(new Viewer())).isPresent();
  }

  @Test
  void viewersAreToldHowObservationsAreFoundAndWhenThatIsNoLongerKnown() {
    Viewer viewer = new Viewer();
    second.watch(viewer);
    seconds(3);

    assertThat(viewer.events.get(0)).isInstanceOf(LiveEvent.Initialisation.class);
    assertThat(viewer.of(Alignment.class))
        .containsExactly(new Alignment(Basis.NONE, 0), new Alignment(Basis.ARRIVAL, 0));
    second.observe(new Observation(CAMERA, 90_000, Instant.EPOCH, 320, 180, List.of()));
    assertThat(viewer.of(LiveObservation.class)).hasSize(1);

    Viewer late = new Viewer();
    second.watch(late);
    assertThat(late.of(Alignment.class)).containsExactly(new Alignment(Basis.ARRIVAL, 0));

    now = now.plusSeconds(10); // in which the analysed stream is silent
    source.send(streams.second(now, now, WallClockSource.ARRIVAL));
    assertThat(viewer.of(Alignment.class)).endsWith(new Alignment(Basis.NONE, 0));
  }

  @Test
  void whileItIsRecordedItIsReceivedWithoutViewersAndTakesNoPlace() {
    List<AccessUnit> recorded = new ArrayList<>();
    second.record(recorded::add);
    seconds(1);
    assertThat(recorded).hasSize(25);
    assertThat(places.availablePermits()).isEqualTo(1);

    Viewer viewer = new Viewer();
    second.watch(viewer).orElseThrow().close();
    due.forEach(Runnable::run);
    assertThat(source.ended).as("nobody watches any more").isZero();
    assertThat(stream().watch(new Viewer())).as("the place is free").isPresent();
    places.release();

    second.watch(viewer);
    second.record(null);
    seconds(1);
    assertThat(recorded).hasSize(25);
    assertThat(viewer.of(LiveEvent.End.class)).hasSize(1);
    assertThat(source.ended).isEqualTo(1);

    second.watch(viewer);
    assertThat(places.availablePermits()).isZero();
    second.record(recorded::add);
    assertThat(places.availablePermits()).as("who watches needs none now").isEqualTo(1);
    second.end();
    assertThat(places.availablePermits()).isEqualTo(1);
  }

  @Test
  void itsEndIsToldAndNobodyIsTakenInAfterIt() {
    Viewer viewer = new Viewer();
    second.watch(viewer);
    seconds(1);

    second.end();

    assertThat(viewer.of(LiveEvent.End.class)).hasSize(1);
    assertThat(source.ended).isEqualTo(1);
    assertThat(places.availablePermits()).isEqualTo(1);
    assertThat(second.watch(new Viewer())).isEmpty();
  }

  private void seconds(int count) {
    for (int picture = 0; picture < count * 25; picture++) {
      second.analysed(streams.analysed(now, now, WallClockSource.ARRIVAL));
      source.send(streams.second(now, now, WallClockSource.ARRIVAL));
      now = now.plusMillis(40);
    }
  }

  private static final class Source implements OnDemandSource {
    private int begun;
    private int ended;
    private @Nullable AccessUnitSubscriber subscriber;

    @Override
    public Subscription pull(AccessUnitSubscriber taker) {
      begun++;
      subscriber = taker;
      return () -> ended++;
    }

    void send(AccessUnit unit) {
      AccessUnitSubscriber taker = subscriber;
      if (taker != null) {
        taker.onAccessUnit(unit);
      }
    }
  }

  private static final class Viewer implements LiveSubscriber {
    private final List<LiveEvent> events = new ArrayList<>();

    @Override
    public boolean ready() {
      return true;
    }

    @Override
    public void onEvent(LiveEvent event) {
      events.add(event);
    }

    private <T extends LiveEvent> List<T> of(Class<T> type) {
      return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
  }
}
