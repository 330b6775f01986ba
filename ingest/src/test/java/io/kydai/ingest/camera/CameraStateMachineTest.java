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
  private CameraStateMachine stateMachine;
  private boolean gateOpen = true;
  private int turns;

  @BeforeEach
  void start() {
    time.freezeTime();
    IngestSettings settings = IngestSettings.DEFAULT;
    BackOff backOff = new BackOff(settings.firstBackOff(), settings.longestBackOff(), () -> 0.999);
    stateMachine =
        new CameraStateMachine(
            time.eventLoop(),
            settings,
            backOff,
            new CameraStateMachine.Actions() {
              @Override
              public void awaitTurn() {
                turns++;
                if (gateOpen) {
                  time.eventLoop().execute(() -> stateMachine.proceed());
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
                done.add(stateMachine == null ? "" : stateMachine.state().toString());
              }
            });
    stateMachine.start();
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
      assertThat(CameraEvent.STOP.isHandledIn(state)).isEqualTo(state != STOPPED);
      assertThat(CameraEvent.RETRY.isHandledIn(state)).isEqualTo(state == BACKING_OFF);
      assertThat(CameraEvent.FAILED.isHandledIn(state))
          .isEqualTo(EnumSet.of(CONNECTING, LIVE, STALLED).contains(state));
    }
  }

  @Test
  void aFailureIsFollowedByBackOffAndAnotherAttempt() {
    stateMachine.failed("the camera refused");
    assertThat(stateMachine.state()).isEqualTo(BACKING_OFF);
    assertThat(stateMachine.lastError()).hasValue("the camera refused");
    pass(498);
    assertThat(stateMachine.state()).isEqualTo(BACKING_OFF);
    pass(3);
    assertThat(stateMachine.state()).isEqualTo(CONNECTING);
    assertThat(stateMachine.reconnects()).isEqualTo(1);
    assertThat(done)
        .containsExactly(
            "CONNECTING", "connect", "disconnect", "BACKING_OFF", "CONNECTING", "connect");
  }

  @Test
  void aLiveCameraThatFallsSilentIsStalledAndThenConnectedAnew() {
    stateMachine.playing();
    for (int i = 0; i < 100; i++) {
      stateMachine.accessUnit();
      pass(40);
    }
    assertThat(stateMachine.state()).isEqualTo(LIVE);
    pass(4959);
    assertThat(stateMachine.state()).isEqualTo(LIVE);
    pass(2);
    assertThat(stateMachine.state()).isEqualTo(STALLED);
    pass(4997);
    assertThat(stateMachine.state()).isEqualTo(STALLED);
    pass(3);
    assertThat(stateMachine.state()).isEqualTo(BACKING_OFF);
    assertThat(stateMachine.lastError().orElseThrow()).contains("stopped sending", "10.0 s");
  }

  @Test
  void aStalledCameraThatSendsAgainIsLive() {
    stateMachine.playing();
    stateMachine.accessUnit();
    pass(6000);
    assertThat(stateMachine.state()).isEqualTo(STALLED);
    stateMachine.accessUnit();
    assertThat(stateMachine.state()).isEqualTo(LIVE);
    pass(4000);
    stateMachine.accessUnit();
    pass(4999);
    assertThat(stateMachine.state()).isEqualTo(LIVE);
    assertThat(stateMachine.reconnects()).isZero();
  }

  @Test
  void aCameraThatPlaysNothingIsLeftAndOneWithoutKeyFrameLater() {
    stateMachine.playing();
    pass(10_001);
    assertThat(stateMachine.lastError().orElseThrow()).contains("sent nothing for 10.0 s");
    pass(500);
    assertThat(stateMachine.state()).isEqualTo(CONNECTING);
    stateMachine.playing();
    stateMachine.mediaStarted();
    pass(29_000);
    assertThat(stateMachine.state()).isEqualTo(CONNECTING);
    pass(1001);
    assertThat(stateMachine.state()).isEqualTo(BACKING_OFF);
    assertThat(stateMachine.lastError().orElseThrow()).contains("no key frame");
  }

  @Test
  void picturesThatCannotBeDecodedAreNoStallAndTheReasonIsTold() {
    stateMachine.playing();
    stateMachine.mediaStarted();
    stateMachine.accessUnit();
    for (int second = 0; second < 29; second++) {
      stateMachine.undecodable("no whole key frame came");
      pass(1000);
      assertThat(stateMachine.state()).isEqualTo(LIVE);
    }
    stateMachine.undecodable("no whole key frame came");
    pass(1000);
    assertThat(stateMachine.state()).isEqualTo(BACKING_OFF);
    assertThat(stateMachine.lastError())
        .hasValue(
            "the camera sends, but no picture that can be decoded came for 30.0 s:"
                + " no whole key frame came");
  }

  @Test
  void whenPicturesThatCannotBeDecodedCeaseTooTheCameraStalls() {
    stateMachine.playing();
    stateMachine.mediaStarted();
    stateMachine.accessUnit();
    for (int second = 0; second < 5; second++) {
      stateMachine.undecodable("no whole key frame came");
      pass(1000);
    }
    pass(15_000);
    assertThat(done).contains("STALLED");
    pass(5_000);
    assertThat(stateMachine.lastError().orElseThrow()).startsWith("the camera stopped sending");
  }

  @Test
  void whyTheFirstKeyFrameIsWaitedForIsTold() {
    stateMachine.playing();
    stateMachine.mediaStarted();
    stateMachine.undecodable("none of its pictures was a key frame");
    pass(30_000);
    assertThat(stateMachine.lastError())
        .hasValue(
            "the camera sends, but no key frame with its parameter sets came within 30.0 s:"
                + " none of its pictures was a key frame");
  }

  @Test
  void backOffGrowsUntilTheCameraWasLiveForAWhile() {
    for (long bound : new long[] {500, 1000, 2000}) {
      stateMachine.playing();
      stateMachine.accessUnit();
      stateMachine.failed("gone");
      pass(bound * 99 / 100);
      assertThat(stateMachine.state()).isEqualTo(BACKING_OFF);
      pass(bound / 100 + 1);
      assertThat(stateMachine.state()).isEqualTo(CONNECTING);
    }
    stateMachine.playing();
    for (int i = 0; i < 31; i++) {
      stateMachine.accessUnit();
      pass(1000);
    }
    stateMachine.failed("gone");
    pass(501);
    assertThat(stateMachine.state()).isEqualTo(CONNECTING);
  }

  @Test
  void aRefusedLoginIsRepeatedSlowlyBecauseCamerasLockAccounts() {
    for (long minutes : new long[] {1, 2, 4, 8, 16, 32, 32}) {
      stateMachine.loginRefused("wrong password");
      pass(minutes * 60_000 - 1);
      assertThat(stateMachine.state()).isEqualTo(BACKING_OFF);
      assertThat(stateMachine.lastError()).hasValue("wrong password");
      pass(2);
      assertThat(stateMachine.state()).isEqualTo(CONNECTING);
    }
    stateMachine.playing();
    stateMachine.accessUnit();
    stateMachine.loginRefused("wrong password");
    pass(60_001);
    assertThat(stateMachine.state()).isEqualTo(CONNECTING);
  }

  @Test
  void aCameraWhoseHostIsAwayWaitsForTheGateAndNotForItsOwnBackOff() {
    gateOpen = false;
    stateMachine.unreachable("refused the connection");
    assertThat(stateMachine.state()).isEqualTo(BACKING_OFF);
    pass(100_000);
    assertThat(stateMachine.state()).isEqualTo(BACKING_OFF);
    assertThat(turns).isEqualTo(2);
    stateMachine.unreachable("cannot be found");
    assertThat(stateMachine.lastError()).hasValue("cannot be found");
    stateMachine.proceed();
    assertThat(stateMachine.state()).isEqualTo(CONNECTING);
    stateMachine.proceed();
    assertThat(done).endsWith("CONNECTING", "connect");
    stateMachine.failed("503");
    gateOpen = true;
    pass(501);
    assertThat(stateMachine.state()).isEqualTo(CONNECTING);
  }

  @Test
  void aTurnThatComesTooLateChangesNothing() {
    stateMachine.playing();
    stateMachine.accessUnit();
    stateMachine.proceed();
    stateMachine.unreachable("late");
    assertThat(stateMachine.state()).isEqualTo(LIVE);
    assertThat(stateMachine.lastError()).isEmpty();
    assertThat(stateMachine.reconnects()).isZero();
  }

  @Test
  void nothingHappensAfterTheStop() {
    stateMachine.failed("gone");
    stateMachine.stop();
    done.clear();
    stateMachine.accessUnit();
    stateMachine.failed("late");
    stateMachine.stop();
    pass(100_000);
    assertThat(stateMachine.state()).isEqualTo(STOPPED);
    assertThat(stateMachine.lastError()).hasValue("gone");
    assertThat(done).isEmpty();
  }
}
