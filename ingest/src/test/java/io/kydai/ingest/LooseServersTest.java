package io.kydai.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ResourceLockTarget.CHILDREN;

import ch.qos.logback.classic.Level;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AudioFrame;
import io.kydai.ingest.media.CollectedUnits;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.ingest.simulator.CameraSimulator;
import io.kydai.ingest.simulator.HandMadeClip;
import io.kydai.ingest.simulator.SimulatedCamera;
import io.kydai.ingest.simulator.SimulatedCamera.Login;
import io.kydai.ingest.simulator.SimulatedCamera.Scheme;
import io.kydai.ingest.simulator.fault.Fault;
import io.kydai.ingest.simulator.media.AudioClip;
import io.kydai.ingest.simulator.media.Clip;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.source.Transport;
import io.kydai.ingest.status.CameraState;
import io.kydai.ingest.status.CameraStatus;
import io.kydai.ingest.status.CollectedStatuses;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cameras whose RTSP is loose where a client can do without are live at the first attempt. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = LooseServersTest.LOG, mode = ResourceAccessMode.READ, target = CHILDREN)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LooseServersTest {
  /** Of all tests one: who looks at it does so alone. */
  static final String LOG = "log";

  private static final CameraId GATE = new CameraId("gate");
  private static final Clip CLIP = Clip.of(HandMadeClip.ofGroup(4_000, 24, 600));

  private final CollectedStatuses statuses = new CollectedStatuses();
  private final CollectedUnits units = new CollectedUnits();
  private final Ingest ingest =
      new Ingest(Clock.systemUTC(), new SimpleMeterRegistry(), statuses, BadCameraTest.IMPATIENT);

  @AfterEach
  void close() {
    ingest.close();
  }

  private static SimulatedCamera camera() {
    return new SimulatedCamera("gate", CLIP, 25).withSound(AudioClip.tone()).withMetadata();
  }

  private void playsAtTheFirstAttempt(CameraSource source) throws Exception {
    ingest.subscribe(GATE, units);
    ingest.add(source);
    assertThat(units.take(10)).noneMatch(AccessUnit::damaged);
    assertThat(ingest.status(GATE).map(CameraStatus::reconnects)).isEqualTo(Optional.of(0L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mute:on=SETUP,track=2",
        "mute:on=SETUP,track=1",
        "status:code=500,on=SETUP,track=1",
        "status:code=401,on=SETUP,track=2",
        "status:code=302,on=SETUP,track=2",
        "hang-up:on=SETUP,track=1",
        "hang-up:on=SETUP,track=2",
        "babble:on=SETUP,track=2",
        "hang-up:on=SETUP,track=1+hang-up:on=SETUP,track=2",
        "mute:on=PLAY,track=1",
        "hang-up:on=PLAY,track=2",
        "status:code=500,on=PLAY,track=1",
      })
  void whatACameraDoesAtATrackBesideTheVideoDoesNotCostTheVideo(String fault) throws Exception {
    try (CameraSimulator simulator = CameraSimulator.builder().camera(camera()).start()) {
      simulator.misbehave("gate", Fault.parse(fault));
      playsAtTheFirstAttempt(CameraSource.of(GATE, simulator.address("gate")).over(Transport.TCP));
    }
  }

  /** The third connection would be refused its sound again, and its video with it. */
  @Test
  @ResourceLock(LOG)
  void aTrackThatCostTheVideoOnceIsNotAskedForAgain() throws Exception {
    try (CameraSimulator simulator = CameraSimulator.builder().camera(camera()).start();
        CapturedLog log = new CapturedLog(Level.INFO)) {
      simulator.misbehave("gate", Fault.parse("hang-up:on=SETUP,track=1"));
      playsAtTheFirstAttempt(CameraSource.of(GATE, simulator.address("gate")).over(Transport.TCP));
      simulator.misbehave("gate", Fault.parse("hang-up:on=SETUP,track=1+close:after=1"));
      statuses.await(GATE, CameraState.BACKING_OFF);
      simulator.misbehave("gate", Fault.parse("hang-up:on=SETUP,track=1"));
      statuses.await(GATE, CameraState.LIVE);
      assertThat(log.lines()).filteredOn(line -> line.contains("without [audio]")).hasSize(1);
    }
  }

  /** What failed with the tracks and without was not the tracks' fault. */
  @Test
  void soundComesBackAfterACameraThatPlayedNothingAtAll() throws Exception {
    BlockingQueue<AudioFrame> sound = new LinkedBlockingQueue<>();
    try (CameraSimulator simulator = CameraSimulator.builder().camera(camera()).start()) {
      simulator.misbehave("gate", Fault.status(500, "PLAY"));
      ingest.subscribe(GATE, units);
      ingest.subscribeAudio(GATE, sound::add);
      ingest.add(CameraSource.of(GATE, simulator.address("gate")).over(Transport.TCP));
      assertThat(statuses.await(GATE, CameraState.BACKING_OFF).lastError().orElseThrow())
          .contains("answers PLAY with 500");
      simulator.behave("gate");
      units.take(5);
      assertThat(sound.poll(30, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no-session:on=SETUP",
        "no-session:on=PLAY",
        "no-session",
        "new-session",
        "no-timeout",
      })
  void aSessionMayBeNamedLateNeverOrOnceMore(String fault) throws Exception {
    try (CameraSimulator simulator = CameraSimulator.builder().camera(camera()).start()) {
      simulator.misbehave("gate", Fault.parse(fault));
      playsAtTheFirstAttempt(CameraSource.of(GATE, simulator.address("gate")).over(Transport.TCP));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "close-after:code=401",
        "close-after:on=OPTIONS",
        "close-after:on=DESCRIBE",
        "close-after:on=OPTIONS+close-after:on=DESCRIBE",
        "close-after:code=401+wrong-cseq",
      })
  void aConnectionThatIsClosedWithAnAnswerIsFollowedByAnother(String fault) throws Exception {
    Login login = new Login("operator", "s3cret:word", Scheme.DIGEST_MD5, Duration.ZERO);
    try (CameraSimulator simulator =
        CameraSimulator.builder().camera(camera().withLogin(login)).start()) {
      simulator.misbehave("gate", Fault.parse(fault));
      String url = simulator.address("gate").replace("//", "//operator:s3cret:word@");
      playsAtTheFirstAttempt(CameraSource.of(GATE, url).over(Transport.TCP));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-range:code=457", "no-range:code=451", "no-range:code=400"})
  @ResourceLock(LOG)
  void aCameraThatKnowsNoRangeIsAskedToPlayWithoutOne(String fault) throws Exception {
    try (CameraSimulator simulator = CameraSimulator.builder().camera(camera()).start();
        CapturedLog log = new CapturedLog(Level.INFO)) {
      simulator.misbehave("gate", Fault.parse(fault));
      playsAtTheFirstAttempt(CameraSource.of(GATE, simulator.address("gate")).over(Transport.TCP));
      assertThat(log.lines()).noneMatch(line -> line.contains("without ["));
    }
  }

  /** The reports' clock is the pictures' wall clock. */
  @Test
  void reportsAreFoundOnTheChannelOfThePackets() throws Exception {
    try (CameraSimulator simulator = CameraSimulator.builder().camera(camera()).start()) {
      simulator.misbehave("gate", Fault.parse("one-channel"));
      playsAtTheFirstAttempt(CameraSource.of(GATE, simulator.address("gate")).over(Transport.TCP));
      AccessUnit unit = units.take(1).get(0);
      while (unit.wallClockSource() != WallClockSource.SENDER_REPORT) {
        unit = units.take(1).get(0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Scheme.class,
      names = {"BASIC", "DIGEST_MD5", "DIGEST_SHA_256"})
  void aTunnelWhoseHttpAsksForALogInIsOpenedWithIt(Scheme scheme) throws Exception {
    Login login = new Login("operator", "s3cret:word", scheme, Duration.ZERO);
    try (CameraSimulator simulator =
        CameraSimulator.builder().camera(camera().withLogin(login)).start()) {
      simulator.misbehave("gate", Fault.parse("tunnel-login"));
      String url = simulator.address("gate").replace("//", "//operator:s3cret:word@");
      playsAtTheFirstAttempt(CameraSource.of(GATE, url).over(Transport.HTTP));
    }
  }

  @Test
  void aWrongPasswordForATunnelIsSaid() throws Exception {
    Login login = new Login("operator", "another", Scheme.DIGEST_MD5, Duration.ZERO);
    try (CameraSimulator simulator =
        CameraSimulator.builder().camera(camera().withLogin(login)).start()) {
      simulator.misbehave("gate", Fault.parse("tunnel-login"));
      String url = simulator.address("gate").replace("//", "//operator:s3cret@");
      ingest.add(CameraSource.of(GATE, url).over(Transport.HTTP));
      assertThat(statuses.await(GATE, CameraState.BACKING_OFF).lastError().orElseThrow())
          .contains("does not accept the user or the password (401 Unauthorized in HTTP)");
    }
  }

  @Test
  void aWrongPasswordIsSaidAlsoWhereEachChallengeClosesTheConnection() throws Exception {
    Login login = new Login("operator", "another", Scheme.DIGEST_MD5, Duration.ZERO);
    try (CameraSimulator simulator =
        CameraSimulator.builder().camera(camera().withLogin(login)).start()) {
      simulator.misbehave("gate", Fault.closeAfter(401));
      String url = simulator.address("gate").replace("//", "//operator:s3cret@");
      ingest.add(CameraSource.of(GATE, url).over(Transport.TCP));
      assertThat(statuses.await(GATE, CameraState.BACKING_OFF).lastError().orElseThrow())
          .contains("does not accept the user or the password");
    }
  }
}
