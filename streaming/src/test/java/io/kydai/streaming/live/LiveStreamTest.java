package io.kydai.streaming.live;

import static io.kydai.streaming.SampleVideo.CAMERA;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.ingest.concurrent.SerialExecutor;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.media.Codec;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.models.detection.Box;
import io.kydai.streaming.FfmpegTools;
import io.kydai.streaming.SampleVideo;
import io.kydai.streaming.live.event.Fragment;
import io.kydai.streaming.live.event.LiveEvent;
import io.kydai.streaming.live.event.LiveObservation;
import io.kydai.streaming.live.event.LiveSubscriber;
import io.kydai.streaming.live.websocket.WebSocketSubscriber;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveStreamTest {
  private static final CodecParameters SMALL = parameters(320);
  private static final CodecParameters LARGE = parameters(640);

  private int dropped;
  private final LiveStream stream =
      new LiveStream(
          CAMERA, new SerialExecutor("camera gate-1", Runnable::run), count -> dropped += count);

  @Test
  void aLateJoinerGetsTheGroupSoFarAndThenWhatComes(@TempDir Path folder) throws Exception {
    SampleVideo sample = SampleVideo.encode(folder, 3, 0);
    CollectingSink viewer = new CollectingSink();
    sample.units().subList(0, 60).forEach(stream::add);

    watch(viewer);

    assertThat(viewer.texts)
        .containsExactly(
            "{\"type\":\"init\",\"codec\":\""
                + sample.units().get(0).parameters().mediaSourceName().orElseThrow()
                + "\",\"width\":320,\"height\":180,\"timescale\":90000}");
    assertThat(decoded(viewer, folder))
        .isEqualTo(FfmpegTools.pictures(sample.file()).subList(50, 60));
    sample.units().subList(60, 75).forEach(stream::add);
    assertThat(decoded(viewer, folder))
        .isEqualTo(FfmpegTools.pictures(sample.file()).subList(50, 75));
  }

  private static List<String> decoded(CollectingSink viewer, Path folder) throws Exception {
    Path file = Files.write(folder.resolve("seen.mp4"), viewer.media());
    return FfmpegTools.pictures(file);
  }

  @Test
  void aSlowViewerGoesOnAtTheNextKeyFrameAndOthersAreNotDisturbed() {
    CollectingSink slow = new CollectingSink();
    CollectingSink quick = new CollectingSink();
    watch(slow);
    watch(quick);
    group(0);
    slow.readyFor = 3;

    group(10);
    slow.readyFor = Integer.MAX_VALUE;
    group(20);

    assertThat(quick.segments).hasSize(1 + 30);
    assertThat(quick.types()).containsExactly("init");
    assertThat(slow.segments).hasSize(1 + 10 + 3 + 10);
    assertThat(slow.types()).containsExactly("init", "gap");
    assertThat(slow.texts.get(1)).contains("\"mediaTime\":72000");
    assertThat(dropped).isEqualTo(7);
  }

  @Test
  void aViewerThatIsReadyAgainInTheSameGroupLosesNothing() {
    CollectingSink viewer = new CollectingSink();
    watch(viewer);
    stream.add(unit(0, true, SMALL));
    viewer.readyFor = 0;
    stream.add(unit(1, false, SMALL));
    viewer.readyFor = Integer.MAX_VALUE;
    stream.add(unit(2, false, SMALL));

    assertThat(viewer.segments).hasSize(1 + 3);
    assertThat(dropped).isZero();
  }

  @Test
  void viewersShareTheSameBytesAndCannotChangeThem() {
    CollectingSink one = new CollectingSink();
    CollectingSink other = new CollectingSink();
    watch(one);
    watch(other);
    stream.add(unit(0, true, SMALL));

    assertThat(one.segments.get(1).isReadOnly()).isTrue();
    one.segments.get(1).position(5);
    assertThat(other.segments.get(1).position()).isZero();
  }

  @Test
  void newParametersGiveANewInit() {
    CollectingSink viewer = new CollectingSink();
    watch(viewer);
    stream.add(unit(0, true, SMALL));
    stream.add(unit(1, true, SMALL));
    stream.add(unit(2, true, LARGE));

    assertThat(viewer.types()).containsExactly("init", "init");
    assertThat(viewer.texts.get(1)).contains("\"width\":640");
    assertThat(viewer.segments).hasSize(2 + 3);
  }

  @Test
  void damagedPicturesAreLeftOutAsIfTheyHadNotCome() {
    CollectingSink viewer = new CollectingSink();
    watch(viewer);
    group(0);
    stream.add(SampleVideo.damaged(unit(10, false, SMALL)));
    stream.add(SampleVideo.damaged(unit(11, true, SMALL)));
    stream.add(SampleVideo.damaged(unit(12, false, SMALL)));
    stream.add(unit(13, true, SMALL));
    stream.add(unit(14, false, SMALL));

    assertThat(viewer.types()).containsExactly("init", "gap");
    assertThat(viewer.texts.get(1)).contains("\"mediaTime\":46800");
    assertThat(viewer.segments).hasSize(1 + 10 + 2);
  }

  @Test
  void afterADiscontinuityTheStreamGoesOnAtAKeyFrameWithAGap() {
    CollectingSink viewer = new CollectingSink();
    watch(viewer);
    group(0);
    stream.add(SampleVideo.moved(unit(10, false, SMALL), 10, 72_000, true));
    stream.add(unit(11, false, SMALL));
    stream.add(unit(12, true, SMALL));

    assertThat(viewer.types()).containsExactly("init", "gap");
    assertThat(viewer.segments).hasSize(1 + 11);
  }

  @Test
  void unitsThatNeverCameAreAGapToo() {
    CollectingSink viewer = new CollectingSink();
    watch(viewer);
    stream.add(unit(0, true, SMALL));
    stream.add(unit(2, false, SMALL));
    stream.add(unit(3, true, SMALL));

    assertThat(viewer.segments).hasSize(1 + 2);
    assertThat(viewer.types()).containsExactly("init", "gap");
  }

  @Test
  void aGroupTooLongIsForgottenButAViewerThatKeepsUpGoesOn() {
    CollectingSink viewer = new CollectingSink();
    watch(viewer);
    stream.add(unit(0, true, SMALL));
    int last = GroupOfPictures.MAX_PICTURES + 10;
    for (int i = 1; i <= last; i++) {
      stream.add(unit(i, false, SMALL));
    }
    CollectingSink late = new CollectingSink();
    watch(late);

    assertThat(viewer.segments).hasSize(1 + last + 1);
    assertThat(late.segments).isEmpty();
    stream.add(unit(last + 1, true, SMALL));
    assertThat(late.types()).containsExactly("init");
    assertThat(late.segments).hasSize(2);
    assertThat(viewer.types()).containsExactly("init");
    assertThat(dropped).isZero();
  }

  @Test
  void observationsTravelWithTheirMediaTime() {
    CollectingSink viewer = new CollectingSink();
    watch(viewer);
    stream.add(unit(0, true, SMALL));
    Track track = new Track(7, "person", 0.875f, new Box(0.1f, 0.25f, 0.3f, 0.75f), true, 0);
    stream.add(new Observation(CAMERA, 3600, SampleVideo.START, 320, 180, List.of(track)));

    assertThat(viewer.texts.get(1))
        .isEqualTo(
            "{\"type\":\"observation\",\"mediaTime\":3600,\"wallClock\":\"2026-11-22T08:00:00Z\","
                + "\"width\":320,\"height\":180,\"tracks\":[{\"id\":7,\"label\":\"person\","
                + "\"score\":0.875,\"box\":[0.1,0.25,0.3,0.75],\"seen\":true}]}");
  }

  @Test
  void aViewerThatThrowsIsLetGoAndTheOthersGoOn() {
    CollectingSink good = new CollectingSink();
    stream.watch(
        subscriber(
            event -> {
              throw new IllegalStateException("socket closed");
            }));
    watch(good);
    stream.add(unit(0, true, SMALL));

    assertThat(good.segments).hasSize(2);
    assertThat(stream.viewers()).isEqualTo(1);
  }

  @Test
  void aViewerThatClosesWhileItIsSentToHearsNothingMoreAndTheOthersGoOn() {
    List<Subscription> own = new ArrayList<>();
    List<LiveEvent> heard = new ArrayList<>();
    CollectingSink good = new CollectingSink();
    LiveSubscriber leaving =
        subscriber(
            event -> {
              heard.add(event);
              if (heard.size() > 2) {
                own.get(0).close();
              }
            });
    own.add(stream.watch(leaving).orElseThrow());
    watch(good);

    group(0);
    stream.end();

    assertThat(heard).hasSize(3);
    assertThat(heard.subList(1, 3)).hasOnlyElementsOfType(Fragment.class);
    assertThat(good.segments).hasSize(1 + 10);
    assertThat(good.types()).containsExactly("init", "end");
  }

  @Test
  void placesAreBoundedAndFreedByClosing() {
    Subscription first = watch(new CollectingSink()).orElseThrow();
    for (int i = 1; i < LiveStream.MAX_VIEWERS; i++) {
      assertThat(watch(new CollectingSink())).isPresent();
    }
    assertThat(watch(new CollectingSink())).isEmpty();
    first.close();
    first.close();
    assertThat(stream.viewers()).isEqualTo(LiveStream.MAX_VIEWERS - 1);
    assertThat(watch(new CollectingSink())).isPresent();
    assertThat(watch(new CollectingSink())).isEmpty();
  }

  @Test
  void tenTimesTheLimitMayComeAndGo() {
    for (int i = 0; i < 10 * LiveStream.MAX_VIEWERS; i++) {
      watch(new CollectingSink()).orElseThrow().close();
    }
    assertThat(stream.viewers()).isZero();
  }

  @Test
  void theEndIsToldOnceAndAlsoToAViewerThatComesLate() {
    CollectingSink viewer = new CollectingSink();
    viewer.readyFor = 0;
    watch(viewer);
    stream.end();
    stream.end();
    CollectingSink late = new CollectingSink();
    watch(late);

    assertThat(viewer.types()).containsExactly("end");
    assertThat(late.types()).containsExactly("end");
    assertThat(stream.viewers()).isZero();
  }

  @Test
  void eventsTellWhatEachPictureIsAndWhen() {
    List<LiveEvent> events = events();

    group(0);

    assertThat(events.get(0)).isInstanceOf(LiveEvent.Initialisation.class);
    assertThat(((LiveEvent.Initialisation) events.get(0)).parameters()).isEqualTo(SMALL);
    Fragment first = (Fragment) events.get(1);
    Fragment third = (Fragment) events.get(3);
    assertThat(first.keyFrame()).isTrue();
    assertThat(third.keyFrame()).isFalse();
    assertThat(third.mediaTime()).isEqualTo(7_200);
    assertThat(third.decodeTime()).isEqualTo(7_200);
    assertThat(third.duration()).isEqualTo(3_600);
    assertThat(third.segment().isReadOnly()).isTrue();
    assertThat(third.segment().remaining()).isGreaterThan(third.size());
    assertThat(events).hasSize(1 + 10);
  }

  @Test
  void observationsAreEventsAndTheirJsonIsWrittenOnce() {
    List<LiveEvent> one = events();
    List<LiveEvent> other = events();
    stream.add(unit(0, true, SMALL));
    Observation observation = new Observation(CAMERA, 3600, SampleVideo.START, 320, 180, List.of());

    stream.add(observation);
    stream.end();

    LiveObservation event = (LiveObservation) one.get(2);
    assertThat(event.observation()).isSameAs(observation);
    assertThat(other.get(2)).isSameAs(event);
    assertThat(event.json()).isSameAs(event.json());
    assertThat(one.get(3)).isInstanceOf(LiveEvent.End.class);
  }

  @Test
  void aGapSaysWhy() {
    List<LiveEvent> events = events();
    stream.add(unit(0, true, SMALL));
    stream.add(SampleVideo.moved(unit(1, true, SMALL), 1, 90_000, true));
    stream.add(SampleVideo.damaged(unit(2, false, SMALL)));
    stream.add(unit(3, true, SMALL));
    stream.add(unit(5, true, SMALL));

    assertThat(gaps(events))
        .containsExactly(
            new LiveEvent.Gap(90_000, LiveEvent.Gap.Reason.DISCONTINUITY),
            new LiveEvent.Gap(10_800, LiveEvent.Gap.Reason.DAMAGED),
            new LiveEvent.Gap(18_000, LiveEvent.Gap.Reason.OVERLOAD));
  }

  @Test
  void aSlowSubscribersGapIsItsOwn() {
    List<LiveEvent> events = new ArrayList<>();
    boolean[] ready = {true};
    stream.watch(
        new LiveSubscriber() {
          @Override
          public boolean ready() {
            return ready[0];
          }

          @Override
          public void onEvent(LiveEvent event) {
            events.add(event);
          }
        });
    List<LiveEvent> quick = events();
    stream.add(unit(0, true, SMALL));
    ready[0] = false;
    stream.add(unit(1, false, SMALL));
    stream.add(unit(2, true, SMALL));
    ready[0] = true;
    stream.add(unit(3, false, SMALL));

    assertThat(gaps(events))
        .containsExactly(new LiveEvent.Gap(7_200, LiveEvent.Gap.Reason.SLOW_SUBSCRIBER));
    assertThat(gaps(quick)).isEmpty();
  }

  private static List<LiveEvent.Gap> gaps(List<LiveEvent> events) {
    return events.stream()
        .filter(LiveEvent.Gap.class::isInstance)
        .map(LiveEvent.Gap.class::cast)
        .toList();
  }

  /** The events that a subscriber, which is always ready, has got by the time it is looked at. */
  private List<LiveEvent> events() {
    List<LiveEvent> events = new ArrayList<>();
    stream.watch(subscriber(events::add));
    return events;
  }

  private static LiveSubscriber subscriber(Consumer<LiveEvent> events) {
    return new LiveSubscriber() {
      @Override
      public boolean ready() {
        return true;
      }

      @Override
      public void onEvent(LiveEvent event) {
        events.accept(event);
      }
    };
  }

  private Optional<Subscription> watch(CollectingSink viewer) {
    return stream.watch(new WebSocketSubscriber(viewer));
  }

  /** A key frame and nine more. */
  private void group(int first) {
    for (int i = 0; i < 10; i++) {
      stream.add(unit(first + i, i == 0, SMALL));
    }
  }

  private static AccessUnit unit(long sequence, boolean key, CodecParameters parameters) {
    return new AccessUnit(
        CAMERA,
        parameters,
        sequence,
        sequence * 3600,
        sequence * 3600,
        SampleVideo.START.plusMillis(sequence * 40),
        WallClockSource.ARRIVAL,
        key,
        false,
        false,
        ByteBuffer.wrap(new byte[] {0, 0, 0, 1, 0x65}));
  }

  private static CodecParameters parameters(int width) {
    byte[] sps = {0x67, 0x42, (byte) 0xc0, 0x1e, (byte) width};
    return new CodecParameters(Codec.H264, width, 180, List.of(sps), List.of(new byte[] {0x68, 1}));
  }
}
