package io.kydai.ingest.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import io.kydai.ingest.clock.SimulatedCamera.Seen;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hours and days of a camera's time, with every clock wrong that can be. */
class PictureTimesTest {
  private static final double HOUR = 3600;
  private static final double DAY = 24 * HOUR;

  private final SimulatedCamera camera = new SimulatedCamera();
  private Seen before;
  private int steps;
  private double worst;

  /** Until then, what comes may show that less time has passed than was thought. */
  private double settled = 20;

  /** Whether time went backwards, or leapt, without saying so. */
  private final Consumer<Seen> order =
      seen -> {
        if (before != null) {
          double media = seen.media() - before.media();
          boolean declared =
              seen.times().jumped() || seen.times().reported() && !before.times().reported();
          double wall =
              SimulatedCamera.seconds(seen.times().wallClock())
                  - SimulatedCamera.seconds(before.times().wallClock());
          boolean steady = Math.abs(wall - media) <= media * 500e-6 + 2e-6;
          // Millions of these: an assertion each would take longer than the rest.
          if (media <= 0
              || seen.times().decodeTime() <= before.times().decodeTime()
              || !declared && (wall < 0 || seen.taken() > settled && !steady)) {
            fail("from %s to %s", before, seen);
          }
        }
        steps += seen.times().jumped() ? 1 : 0;
        worst = Math.max(worst, Math.abs(seen.error()));
        before = seen;
      };

  private void run(double seconds) {
    worst = 0;
    camera.run(seconds, order);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-300, 300})
  void mediaMtx5550ADayOfAnOrdinaryClocksDriftIsFollowedWithoutASingleStep(double millionths) {
    camera.picturesPerSecond = 5;
    camera.ticksPerSecond = 90_000 * (1 + millionths * 1e-6);
    camera.jitter = 0.03;
    run(DAY);
    assertThat(steps).isZero();
    assertThat(worst).isLessThan(0.1);
    // Media time is the camera's own, tick by tick: a recorder's durations are exact.
    assertThat(before.media() - before.taken()).isCloseTo(DAY * millionths * 1e-6, within(0.2));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-2000, 2000, 20_000})
  void frigate13058AClockThatIsFarOffDoesNotMakeTheLiveViewDrift(double millionths) {
    camera.picturesPerSecond = 5;
    camera.ticksPerSecond = 90_000 * (1 + millionths * 1e-6);
    camera.jitter = 0.03;
    settled = Double.MAX_VALUE;
    run(600);
    assertThat(steps).isLessThanOrEqualTo(10);
    settled = 0;
    double ahead = before.media() - before.taken();
    run(HOUR);
    assertThat(worst).as("wall clock").isLessThan(1.2);
    run(DAY);
    assertThat(worst).as("wall clock").isLessThan(0.2);
    assertThat(before.media() - before.taken())
        .as("media time, by which a player plays")
        .isCloseTo(ahead, within(DAY * 500e-6));
  }

  @ParameterizedTest
  @ValueSource(doubles = {25, 1000, 8000, 44_100, 180_000, 1_000_000})
  void aCameraThatCountsOtherwiseThanItSaysIsFollowedByArrival(double ticksPerSecond) {
    camera.ticksPerSecond = ticksPerSecond;
    settled = Double.MAX_VALUE;
    run(40);
    double ahead = before.media() - before.taken();
    run(60);
    assertThat(before.media() - before.taken()).isCloseTo(ahead, within(0.1));
    assertThat(worst).isLessThan(1.2);
    run(HOUR);
    assertThat(worst).isLessThan(1.2);
  }

  @Test
  void reportsAreFollowedWhileTheyComeAndArrivalsAfter() {
    camera.ticksPerSecond = 90_000 * 1.0001;
    camera.latency = 0.3;
    camera.reportsFrom = 60;
    camera.reportsUntil = 2 * HOUR;
    run(60);
    assertThat(before.times().reported()).isFalse();
    assertThat(before.error()).isCloseTo(0.3, within(0.01));
    run(10);
    assertThat(before.times().reported()).isTrue();
    run(2 * HOUR - 70);
    assertThat(worst).isLessThan(0.01);
    run(HOUR);
    assertThat(before.times().reported()).isFalse();
    assertThat(before.error()).as("as late as the network").isCloseTo(0.3, within(0.02));
    assertThat(steps).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {7 * HOUR, -7 * HOUR, -20 * 365 * DAY, 100 * 365 * DAY, 3.3})
  void mediaMtx6255And1002PicturesAreNotStampedHoursOffByACameraWhoseClockIsWrong(double wrong) {
    camera.reportsFrom = 0;
    camera.cameraWrong = wrong;
    run(HOUR);
    assertThat(worst).isLessThan(0.1);
    assertThat(before.times().reported()).isFalse();
    assertThat(steps).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {HOUR, -HOUR, 1.5, -1.5})
  void whereTheCamerasClockIsSetTimeStepsAtAKeyFrameAtMostAndSaysSo(double step) {
    camera.reportsFrom = 0;
    run(100);
    assertThat(before.times().reported()).isTrue();
    assertThat(worst).isLessThan(0.1);
    camera.cameraWrong = step;
    run(HOUR);
    // Set to the wrong time by hours, it is not believed; by seconds, it is.
    assertThat(before.times().reported()).isEqualTo(Math.abs(step) < 2);
    assertThat(before.error()).isCloseTo(Math.abs(step) < 2 ? step : 0, within(0.1));
    assertThat(steps).isEqualTo(Math.abs(step) < 2 ? 1 : 0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {HOUR, -HOUR, 5, -5})
  void whereOurOwnClockIsSetTimeStepsOnceAtAKeyFrameAndMediaTimeDoesNot(double step) {
    run(100);
    camera.oursWrong = step;
    run(40 * 2);
    assertThat(before.error()).isCloseTo(step, within(0.1));
    assertThat(steps).isOne();
    assertThat(before.media() - before.taken()).isCloseTo(0.05, within(0.02));
  }

  @Test
  void ourOwnClockWhenSetByLittleIsFollowedSlowly() {
    run(100);
    camera.oursWrong = 0.8;
    run(HOUR);
    assertThat(steps).isZero();
    assertThat(before.error()).isCloseTo(0.8, within(0.1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {3, 10, 30})
  void aBacklogBehindAStalledNetworkMovesNothing(double stall) {
    run(100);
    double error = before.error();
    camera.latency += stall;
    camera.jitter = 0;
    camera.run(0.04, order);
    camera.latency -= stall;
    // All that was taken meanwhile comes at once, as late as the first of it.
    run(stall);
    assertThat(worst).isLessThan(Math.abs(error) + 0.05);
    run(100);
    assertThat(steps).isZero();
    assertThat(worst).isLessThan(0.1);
  }

  @Test
  void aGroupOfPicturesFromBeforePlayIsNotDatedIntoTheFuture() {
    camera.latency = 4;
    camera.jitter = 0;
    camera.run(0.04, order);
    camera.latency = 0.05;
    camera.run(
        100,
        seen -> {
          order.accept(seen);
          assertThat(SimulatedCamera.seconds(seen.times().wallClock()))
              .isLessThanOrEqualTo(seen.arrived() + 1e-6);
        });
    assertThat(before.error()).isCloseTo(0.05, within(0.02));
    assertThat(steps).isZero();
  }

  @Test
  void mediaMtx4736WhatIsDetectedAndWhatIsRecordedHaveOneTimeOverReconnects() {
    camera.ticksPerSecond = 90_000 * 1.0003;
    camera.picturesPerSecond = 5;
    for (int i = 0; i < 24; i++) {
      run(HOUR);
      assertThat(worst).isLessThan(0.15);
      camera.reconnect(7);
      settled = before.taken() + 30;
    }
    assertThat(steps).isZero();
  }

  @Test
  void timestampsThatAreAllTheSameAreReplacedByArrivalWhateverTheReportsSay() {
    camera.ticksPerSecond = 0;
    camera.reportsFrom = 0;
    settled = Double.MAX_VALUE;
    run(HOUR);
    assertThat(worst).isLessThan(0.1);
    assertThat(before.times().reported()).isFalse();
    assertThat(before.media() - before.taken()).isCloseTo(0.055, within(0.02));
    assertThat(steps).isZero();
  }

  @Test
  void ourOwnClockSetBackWhileAConnectionSettlesStopsTimeAndStepsAtAKeyFrame() {
    run(8.5);
    camera.oursWrong = -5;
    settled = Double.MAX_VALUE;
    run(10);
    assertThat(before.error()).isCloseTo(-5, within(0.1));
    assertThat(steps).isOne();
  }

  @Test
  void aCameraWithBothKindsOfTroubleIsStillInOrder() {
    camera.reportsFrom = 0;
    for (int i = 0; i < 50; i++) {
      camera.cameraWrong = i % 7 * 0.7 - 2;
      camera.oursWrong = i % 5 * 2 - 3;
      camera.ticksPerSecond(90_000 * (1 + (i % 11 - 5) * 400e-6));
      settled = Double.MAX_VALUE;
      run(100);
      if (i % 9 == 8) {
        camera.reconnect(3);
      }
    }
    assertThat(worst).isLessThan(15);
  }
}
