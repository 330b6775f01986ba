package io.kydai.ingest.camera;

import static io.kydai.ingest.status.CameraState.BACKING_OFF;
import static io.kydai.ingest.status.CameraState.CONNECTING;
import static io.kydai.ingest.status.CameraState.LIVE;
import static io.kydai.ingest.status.CameraState.STALLED;
import static io.kydai.ingest.status.CameraState.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.connect.BackOff;
import io.kydai.ingest.status.CameraState;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CameraStateMachineTest {
  /** Holds the clock; nothing is sent through it. */
  private final EmbeddedChannel time = new EmbeddedChannel();

  private final List<String> done = new ArrayList<>();
  private CameraStateMachine life;
  private boolean gateOpen = true;
  private int turns;

  @BeforeEach
  void start() {
    time.freezeTime();
    IngestSettings settings = IngestSettings.DEFAULT;
    BackOff backOff = new BackOff(settings.firstBackOff(), settings.longestBackOff(), () -> 0.999);
    life =
        new CameraStateMachine(
            time.eventLoop(),
            settings,
            backOff,
            new CameraStateMachine.Actions() {
              @Override
              public void awaitTurn() {
                turns++;
                if (gateOpen) {
                  time.eventLoop().execute(() -> life.proceed());
                }
              }

              @Override
              public void connect() {
                done.add("connect");
              }

              @Override
              public void disconnect() {
                done.add("disconnect");
              }

              @Override
              public void changed() {
                done.add(life == null ? "" : life.state().toString());
              }
            });
    life.start();
    time.runPendingTasks();
  }

  @AfterEach
  void end() {
    time.finish();
  }

  private void pass(long millis) {
    time.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    time.runScheduledPendingTasks();
    time.runPendingTasks();
  }

  @Test
  void everyStateButTheLastCanBeStoppedAndOnlyBackingOffIsLeftByRetrying() {
    for (CameraState state : CameraState.values()) {
      assertThat(CameraEvent.STOP.concerns(state)).isEqualTo(state != STOPPED);
      assertThat(CameraEvent.RETRY.concerns(state)).isEqualTo(state == BACKING_OFF);
      assertThat(CameraEvent.FAILED.concerns(state))
          .isEqualTo(EnumSet.of(CONNECTING, LIVE, STALLED).contains(state));
    }
  }

  @Test
  void aFailureIsFollowedByBackOffAndAnotherAttempt() {
    life.failed("the camera refused");
    assertThat(life.state()).isEqualTo(BACKING_OFF);
    assertThat(life.lastError()).hasValue("the camera refused");
    pass(498);
    assertThat(life.state()).isEqualTo(BACKING_OFF);
    pass(3);
    assertThat(life.state()).isEqualTo(CONNECTING);
    assertThat(life.reconnects()).isEqualTo(1);
    assertThat(done)
        .containsExactly(
            "CONNECTING", "connect", "disconnect", "BACKING_OFF", "CONNECTING", "connect");
  }

  @Test
  void aLiveCameraThatFallsSilentIsStalledAndThenConnectedAnew() {
    life.playing();
    for (int i = 0; i < 100; i++) {
      life.unit();
      pass(40);
    }
    assertThat(life.state()).isEqualTo(LIVE);
    pass(4959);
    assertThat(life.state()).isEqualTo(LIVE);
    pass(2);
    assertThat(life.state()).isEqualTo(STALLED);
    pass(4997);
    assertThat(life.state()).isEqualTo(STALLED);
    pass(3);
    assertThat(life.state()).isEqualTo(BACKING_OFF);
    assertThat(life.lastError().orElseThrow()).contains("stopped sending", "10.0 s");
  }

  @Test
  void aStalledCameraThatSendsAgainIsLive() {
    life.playing();
    life.unit();
    pass(6000);
    assertThat(life.state()).isEqualTo(STALLED);
    life.unit();
    assertThat(life.state()).isEqualTo(LIVE);
    pass(4000);
    life.unit();
    pass(4999);
    assertThat(life.state()).isEqualTo(LIVE);
    assertThat(life.reconnects()).isZero();
  }

  @Test
  void aCameraThatPlaysNothingIsLeftAndOneWithoutKeyFrameLater() {
    life.playing();
    pass(10_001);
    assertThat(life.lastError().orElseThrow()).contains("sent nothing for 10.0 s");
    pass(500);
    assertThat(life.state()).isEqualTo(CONNECTING);
    life.playing();
    life.media();
    pass(29_000);
    assertThat(life.state()).isEqualTo(CONNECTING);
    pass(1001);
    assertThat(life.state()).isEqualTo(BACKING_OFF);
    assertThat(life.lastError().orElseThrow()).contains("no key frame");
  }

  @Test
  void picturesThatCannotBeDecodedAreNoStallAndTheReasonIsTold() {
    life.playing();
    life.media();
    life.unit();
    for (int second = 0; second < 29; second++) {
      life.undecodable("no whole key frame came");
      pass(1000);
      assertThat(life.state()).isEqualTo(LIVE);
    }
    life.undecodable("no whole key frame came");
    pass(1000);
    assertThat(life.state()).isEqualTo(BACKING_OFF);
    assertThat(life.lastError())
        .hasValue(
            "the camera sends, but nothing that can be decoded came for 30.0 s: no whole key frame"
                + " came");
  }

  @Test
  void whenPicturesThatCannotBeDecodedCeaseTooTheCameraStalls() {
    life.playing();
    life.media();
    life.unit();
    for (int second = 0; second < 5; second++) {
      life.undecodable("no whole key frame came");
      pass(1000);
    }
    pass(15_000);
    assertThat(done).contains("STALLED");
    pass(5_000);
    assertThat(life.lastError().orElseThrow()).startsWith("the camera stopped sending");
  }

  @Test
  void whyTheFirstKeyFrameIsWaitedForIsTold() {
    life.playing();
    life.media();
    life.undecodable("of its pictures none was a key frame");
    pass(30_000);
    assertThat(life.lastError())
        .hasValue(
            "the camera sends, but no key frame with its parameter sets came within 30.0 s: of its"
                + " pictures none was a key frame");
  }

  @Test
  void backOffGrowsUntilTheCameraWasLiveForAWhile() {
    for (long bound : new long[] {500, 1000, 2000}) {
      life.playing();
      life.unit();
      life.failed("gone");
      pass(bound * 99 / 100);
      assertThat(life.state()).isEqualTo(BACKING_OFF);
      pass(bound / 100 + 1);
      assertThat(life.state()).isEqualTo(CONNECTING);
    }
    life.playing();
    for (int i = 0; i < 31; i++) {
      life.unit();
      pass(1000);
    }
    life.failed("gone");
    pass(501);
    assertThat(life.state()).isEqualTo(CONNECTING);
  }

  @Test
  void aRefusedLoginIsRepeatedSlowlyBecauseCamerasLockAccounts() {
    for (long minutes : new long[] {1, 2, 4, 8, 16, 32, 32}) {
      life.refused("wrong password");
      pass(minutes * 60_000 - 1);
      assertThat(life.state()).isEqualTo(BACKING_OFF);
      assertThat(life.lastError()).hasValue("wrong password");
      pass(2);
      assertThat(life.state()).isEqualTo(CONNECTING);
    }
    life.playing();
    life.unit();
    life.refused("wrong password");
    pass(60_001);
    assertThat(life.state()).isEqualTo(CONNECTING);
  }

  @Test
  void aCameraWhoseHostIsAwayWaitsForTheGateAndNotForItsOwnBackOff() {
    gateOpen = false;
    life.unreachable("refused the connection");
    assertThat(life.state()).isEqualTo(BACKING_OFF);
    pass(100_000);
    assertThat(life.state()).isEqualTo(BACKING_OFF);
    assertThat(turns).isEqualTo(2);
    life.unreachable("cannot be found");
    assertThat(life.lastError()).hasValue("cannot be found");
    life.proceed();
    assertThat(life.state()).isEqualTo(CONNECTING);
    life.proceed();
    assertThat(done).endsWith("CONNECTING", "connect");
    life.failed("503");
    gateOpen = true;
    pass(501);
    assertThat(life.state()).isEqualTo(CONNECTING);
  }

  @Test
  void aTurnThatComesTooLateChangesNothing() {
    life.playing();
    life.unit();
    life.proceed();
    life.unreachable("late");
    assertThat(life.state()).isEqualTo(LIVE);
    assertThat(life.lastError()).isEmpty();
    assertThat(life.reconnects()).isZero();
  }

  @Test
  void nothingHappensAfterTheStop() {
    life.failed("gone");
    life.stop();
    done.clear();
    life.unit();
    life.failed("late");
    life.stop();
    pass(100_000);
    assertThat(life.state()).isEqualTo(STOPPED);
    assertThat(life.lastError()).hasValue("gone");
    assertThat(done).isEmpty();
  }
}
