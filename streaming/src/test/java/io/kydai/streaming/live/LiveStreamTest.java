package io.kydai.streaming.live;

import static io.kydai.streaming.SampleVideo.CAMERA;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.media.Codec;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.models.detection.Box;
import io.kydai.streaming.FfmpegTools;
import io.kydai.streaming.LiveViewer;
import io.kydai.streaming.SampleVideo;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveStreamTest {
  private static final CodecParameters SMALL = parameters(320);
  private static final CodecParameters LARGE = parameters(640);

  private int dropped;
  private final LiveStream stream =
      new LiveStream(CAMERA, new Lane(Runnable::run, "gate-1"), count -> dropped += count);

  @Test
  void aLateJoinerGetsTheGroupSoFarAndThenWhatComes(@TempDir Path folder) throws Exception {
    SampleVideo sample = SampleVideo.encode(folder, 3, 0);
    CollectingViewer viewer = new CollectingViewer();
    sample.units().subList(0, 60).forEach(stream::add);

    stream.watch(viewer);

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

  private static List<String> decoded(CollectingViewer viewer, Path folder) throws Exception {
    Path file = Files.write(folder.resolve("seen.mp4"), viewer.media());
    return FfmpegTools.pictures(file);
  }

  @Test
  void aSlowViewerGoesOnAtTheNextKeyFrameAndOthersAreNotDisturbed() {
    CollectingViewer slow = new CollectingViewer();
    CollectingViewer quick = new CollectingViewer();
    stream.watch(slow);
    stream.watch(quick);
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
    CollectingViewer viewer = new CollectingViewer();
    stream.watch(viewer);
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
    CollectingViewer one = new CollectingViewer();
    CollectingViewer other = new CollectingViewer();
    stream.watch(one);
    stream.watch(other);
    stream.add(unit(0, true, SMALL));

    assertThat(one.segments.get(1).isReadOnly()).isTrue();
    one.segments.get(1).position(5);
    assertThat(other.segments.get(1).position()).isZero();
  }

  @Test
  void newParametersGiveANewInit() {
    CollectingViewer viewer = new CollectingViewer();
    stream.watch(viewer);
    stream.add(unit(0, true, SMALL));
    stream.add(unit(1, true, SMALL));
    stream.add(unit(2, true, LARGE));

    assertThat(viewer.types()).containsExactly("init", "init");
    assertThat(viewer.texts.get(1)).contains("\"width\":640");
    assertThat(viewer.segments).hasSize(2 + 3);
  }

  @Test
  void damagedPicturesAreLeftOutAsIfTheyHadNotCome() {
    CollectingViewer viewer = new CollectingViewer();
    stream.watch(viewer);
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
    CollectingViewer viewer = new CollectingViewer();
    stream.watch(viewer);
    group(0);
    stream.add(SampleVideo.moved(unit(10, false, SMALL), 10, 72_000, true));
    stream.add(unit(11, false, SMALL));
    stream.add(unit(12, true, SMALL));

    assertThat(viewer.types()).containsExactly("init", "gap");
    assertThat(viewer.segments).hasSize(1 + 11);
  }

  @Test
  void unitsThatNeverCameAreAGapToo() {
    CollectingViewer viewer = new CollectingViewer();
    stream.watch(viewer);
    stream.add(unit(0, true, SMALL));
    stream.add(unit(2, false, SMALL));
    stream.add(unit(3, true, SMALL));

    assertThat(viewer.segments).hasSize(1 + 2);
    assertThat(viewer.types()).containsExactly("init", "gap");
  }

  @Test
  void aGroupTooLongIsForgottenButWhoKeepsUpGoesOn() {
    CollectingViewer viewer = new CollectingViewer();
    stream.watch(viewer);
    stream.add(unit(0, true, SMALL));
    int last = GroupOfPictures.MAX_PICTURES + 10;
    for (int i = 1; i <= last; i++) {
      stream.add(unit(i, false, SMALL));
    }
    CollectingViewer late = new CollectingViewer();
    stream.watch(late);

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
    CollectingViewer viewer = new CollectingViewer();
    stream.watch(viewer);
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
    CollectingViewer good = new CollectingViewer();
    stream.watch(
        new LiveViewer() {
          @Override
          public boolean ready() {
            return true;
          }

          @Override
          public void onText(String json) {
            throw new IllegalStateException("socket closed");
          }

          @Override
          public void onMedia(ByteBuffer segment) {}
        });
    stream.watch(good);
    stream.add(unit(0, true, SMALL));

    assertThat(good.segments).hasSize(2);
    assertThat(stream.viewers()).isEqualTo(1);
  }

  @Test
  void aViewerThatClosesWhileItIsSentToHearsNothingMoreAndTheOthersGoOn() {
    List<Subscription> own = new ArrayList<>();
    List<String> heard = new ArrayList<>();
    CollectingViewer good = new CollectingViewer();
    LiveViewer leaving =
        new LiveViewer() {
          @Override
          public boolean ready() {
            return true;
          }

          @Override
          public void onText(String json) {
            heard.add(json);
          }

          @Override
          public void onMedia(ByteBuffer segment) {
            heard.add("media");
            if (heard.size() > 2) {
              own.get(0).close();
            }
          }
        };
    own.add(stream.watch(leaving).orElseThrow());
    stream.watch(good);

    group(0);
    stream.end();

    assertThat(heard).hasSize(3).endsWith("media", "media");
    assertThat(good.segments).hasSize(1 + 10);
    assertThat(good.types()).containsExactly("init", "end");
  }

  @Test
  void placesAreBoundedAndFreedByClosing() {
    Subscription first = stream.watch(new CollectingViewer()).orElseThrow();
    for (int i = 1; i < LiveStream.MAX_VIEWERS; i++) {
      assertThat(stream.watch(new CollectingViewer())).isPresent();
    }
    assertThat(stream.watch(new CollectingViewer())).isEmpty();
    first.close();
    first.close();
    assertThat(stream.viewers()).isEqualTo(LiveStream.MAX_VIEWERS - 1);
    assertThat(stream.watch(new CollectingViewer())).isPresent();
    assertThat(stream.watch(new CollectingViewer())).isEmpty();
  }

  @Test
  void tenTimesTheLimitMayComeAndGo() {
    for (int i = 0; i < 10 * LiveStream.MAX_VIEWERS; i++) {
      stream.watch(new CollectingViewer()).orElseThrow().close();
    }
    assertThat(stream.viewers()).isZero();
  }

  @Test
  void theEndIsToldOnceAndAlsoToWhoComesLate() {
    CollectingViewer viewer = new CollectingViewer();
    viewer.readyFor = 0;
    stream.watch(viewer);
    stream.end();
    stream.end();
    CollectingViewer late = new CollectingViewer();
    stream.watch(late);

    assertThat(viewer.types()).containsExactly("end");
    assertThat(late.types()).containsExactly("end");
    assertThat(stream.viewers()).isZero();
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
