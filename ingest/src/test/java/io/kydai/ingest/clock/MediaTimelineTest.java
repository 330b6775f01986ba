package io.kydai.ingest.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MediaTimelineTest {
  private static final long START = 17_000_000_000L;
  private final MediaTimeline timeline = new MediaTimeline(START);

  private MediaTimeline.Position place(long timestamp, long arrivalMillis) {
    return timeline.place(timestamp, START + TimeUnit.MILLISECONDS.toNanos(arrivalMillis), true);
  }

  private static MediaTimeline.Position steady(long time) {
    return new MediaTimeline.Position(time, false, true);
  }

  private static MediaTimeline.Position standing(long time) {
    return new MediaTimeline.Position(time, false, false);
  }

  private static MediaTimeline.Position jumped(long time) {
    return new MediaTimeline.Position(time, true, true);
  }

  @Test
  void itBeginsWhereTheCameraWasAddedAndFollowsTheTimestampsOverTheWrap() {
    assertThat(place(0xffff_f000L, 200)).isEqualTo(steady(18_000));
    assertThat(place(0x0000_0000L, 245)).isEqualTo(steady(18_000 + 4096));
    assertThat(place(0x0000_0e10L, 281)).isEqualTo(steady(18_000 + 4096 + 3600));
  }

  @Test
  void reorderedPicturesKeepTheirPlaces() {
    assertThat(place(1000, 0).mediaTime()).isEqualTo(1);
    assertThat(place(1000 + 10_800, 40)).isEqualTo(steady(10_801));
    assertThat(place(1000 + 3600, 80)).isEqualTo(steady(3601));
    assertThat(place(1000 + 7200, 120)).isEqualTo(steady(7201));
    assertThat(place(1000 + 14_400, 160)).isEqualTo(steady(14_401));
  }

  @Test
  void anotherConnectionGoesOnAfterTheGapOnTheWall() {
    place(5_000_000, 1000);
    place(5_003_600, 1040);
    timeline.reconnected(90_000);
    assertThat(place(77, 11_040)).isEqualTo(steady(90_000 + 3600 + 900_000));
    assertThat(place(77 + 3600, 11_080)).isEqualTo(steady(90_000 + 3600 + 900_000 + 3600));
  }

  @Test
  void jumpsAreBridgedByTheArrivalClockAndMarked() {
    place(100_000, 1000);
    assertThat(place(100_000 + 90_000 * 60, 1040)).isEqualTo(jumped(93_600));
    assertThat(place(100_000 + 90_000 * 60 + 3600, 1080)).isEqualTo(steady(97_200));
    assertThat(place(7, 1120)).isEqualTo(jumped(100_800));
    assertThat(place(3607, 1160)).isEqualTo(steady(104_400));
  }

  @Test
  void aSlowCameraDoesNotJumpAndNeitherDoesABacklog() {
    place(0, 0);
    assertThat(place(90_000 * 20, 20_000)).isEqualTo(steady(1_800_001));
    assertThat(place(90_000 * 20 + 3600, 30_000)).isEqualTo(steady(1_803_601));
    assertThat(place(90_000 * 30, 30_001)).isEqualTo(steady(2_700_001));
  }

  @Test
  void timestampsThatStandStillAreReplacedByArrivalAndNeverGoBack() {
    place(0, 0);
    assertThat(place(0, 40)).isEqualTo(standing(3601));
    assertThat(place(0, 80)).isEqualTo(standing(7201));
    assertThat(place(0, 80)).isEqualTo(standing(7202));
    assertThat(place(3600, 120)).isEqualTo(steady(7203));
    assertThat(place(7200, 160)).isEqualTo(steady(10_803));
  }

  @Test
  void aStepBackInAStreamWithoutBPicturesIsBridged() {
    timeline.place(90_000, START, false);
    assertThat(timeline.place(93_600, START + 40_000_000L, false)).isEqualTo(steady(3601));
    assertThat(timeline.place(50_000, START + 80_000_000L, false)).isEqualTo(steady(7201));
    assertThat(timeline.place(53_600, START + 120_000_000L, false)).isEqualTo(steady(10_801));
  }

  @Test
  void aStepBackThatIsTakenForReorderingIsFoundOutAfterSixteenPictures() {
    place(0, 0);
    place(90_000, 1000);
    long before = 90_001;
    for (int i = 1; i <= 16; i++) {
      assertThat(place(i * 3600, 1000 + 40 * i)).isEqualTo(steady(1 + i * 3600));
    }
    assertThat(place(17 * 3600, 1680)).isEqualTo(jumped(before + 3600));
  }

  @Test
  void timestampsThatJumpAllTheTimeAreNotFollowedAnyMore() {
    place(0, 0);
    for (int i = 1; i < 5; i++) {
      assertThat(place(i * 90_000_000L, 40 * i)).isEqualTo(jumped(1 + 3600 * i));
    }
    for (int i = 5; i < 100; i++) {
      assertThat(place(i * 90_000_000L, 40 * i)).isEqualTo(standing(1 + 3600 * i));
    }
  }

  @Test
  void anotherClockRateThanUsualIsConverted() {
    timeline.reconnected(1000);
    place(0, 0);
    assertThat(place(40, 40)).isEqualTo(steady(3601));
    assertThat(place(80, 80)).isEqualTo(steady(7201));
  }
}
