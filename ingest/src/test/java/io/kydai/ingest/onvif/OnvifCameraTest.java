package io.kydai.ingest.onvif;

import static java.time.ZoneOffset.UTC;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.kydai.ingest.CapturedLog;
import io.kydai.ingest.onvif.discovery.FoundDevice;
import io.kydai.ingest.onvif.soap.OnvifException;
import io.kydai.ingest.onvif.soap.OnvifException.Kind;
import io.kydai.ingest.simulator.onvif.OnvifSimulator;
import io.kydai.ingest.simulator.onvif.SimulatedProfile;
import io.kydai.ingest.simulator.onvif.XmlStyle;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource.Credentials;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against the simulated camera, over real sockets of this machine. */
@Timeout(60)
class OnvifCameraTest {
  private static final Credentials ADMIN = new Credentials("admin", "p\"ä:s3cret");
  private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-28T12:00:00Z"), UTC);

  private final OnvifClient client = new OnvifClient(NOON);

  @AfterEach
  void close() {
    client.close();
  }

  private static OnvifSimulator.Builder camera() {
    return OnvifSimulator.builder()
        .clock(NOON)
        .profile(profile("p0", "H264", 1920, 1080))
        .profile(profile("p1", "H264", 640, 360));
  }

  private static SimulatedProfile profile(String token, String encoding, int width, int height) {
    return new SimulatedProfile(
        token,
        "Profile " + token,
        encoding,
        width,
        height,
        25,
        URI.create("rtsp://192.168.1.10:554/" + token + "?a=1&b=2"));
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  private OnvifCamera connect(OnvifSimulator camera, @Nullable Credentials credentials)
      throws Exception {
    return get(client.connect(DeviceAccess.of(camera.address(), credentials)));
  }

  private static OnvifException failure(CompletableFuture<?> future) {
    try {
      get(future);
      throw new AssertionError("it did not fail");
    } catch (ExecutionException e) {
      return OnvifException.of(e);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource(XmlStyle.class)
  void aCameraIsUnderstoodWhateverItsMakersPrefixes(XmlStyle style) throws Exception {
    try (OnvifSimulator camera =
        camera().style(style).ptz().usernameToken("admin", "p\"ä:s3cret").start()) {
      OnvifCamera seen = connect(camera, ADMIN);

      assertThat(get(seen.information()).model()).isEqualTo("Kydai camera");
      List<MediaProfile> profiles = get(seen.profiles());
      assertThat(profiles)
          .extracting(MediaProfile::token, MediaProfile::width, MediaProfile::height)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("p0", 1920, 1080),
              org.assertj.core.groups.Tuple.tuple("p1", 640, 360));
      assertThat(profiles).allMatch(MediaProfile::movable).allMatch(one -> one.fps() == 25);
      assertThat(get(seen.streamAddress(profiles.get(0))))
          .isEqualTo(URI.create("rtsp://127.0.0.1:554/p0?a=1&b=2"));
      assertThat(get(seen.snapshotAddress(profiles.get(0))).toString())
          .endsWith("/onvif/snapshot.jpg?channel=1&size=full");
      assertThat(get(seen.ptz(profiles.get(0)).presets()))
          .containsExactly(new Ptz.Preset("1", "Gate"));
    }
  }

  @Test
  void mediaTwoListsH265WhichMediaOneCannot() throws Exception {
    try (OnvifSimulator camera =
        camera().profile(profile("p2", "H265", 3840, 2160)).media2().start()) {
      OnvifCamera seen = connect(camera, null);
      StreamChoice choice = StreamChoice.of(get(seen.profiles()));

      assertThat(requireNonNull(choice.main()).encoding()).isEqualTo("H265");
      assertThat(requireNonNull(choice.main()).media2()).isTrue();
      assertThat(requireNonNull(choice.sub()).token()).isEqualTo("p1");
      assertThat(get(seen.streamAddress(requireNonNull(choice.main()))).getPath()).isEqualTo("/p2");
    }
  }

  @Test
  void anOldCameraThatKnowsNoGetServicesIsAskedForItsCapabilities() throws Exception {
    try (OnvifSimulator camera = camera().oldServices().start()) {
      assertThat(get(connect(camera, null).profiles())).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCameraThatWantsHttpDigestGetsIt(boolean sha256) throws Exception {
    try (OnvifSimulator camera = camera().digest(sha256, "admin", "p\"ä:s3cret").start()) {
      OnvifCamera seen = connect(camera, ADMIN);

      assertThat(get(seen.profiles())).hasSize(2);
      assertThat(get(seen.information()).serial()).isEqualTo("0001");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-P20000D", "-PT7H", "PT11M"})
  void aCameraWhoseClockIsWrongIsLoggedInToByItsOwnClock(String offset) throws Exception {
    Clock wrong = Clock.offset(NOON, Duration.parse(offset));
    try (OnvifSimulator camera =
        camera().clock(wrong).usernameToken("admin", "p\"ä:s3cret").start()) {
      OnvifCamera seen = connect(camera, ADMIN);

      assertThat(get(seen.profiles())).hasSize(2);
      assertThat(seen.clockOffset()).isEqualTo(Duration.parse(offset));
    }
  }

  @Test
  void aWrongPasswordIsSaidSoAndNotRepeated() {
    Credentials wrong = new Credentials("admin", "wr0ng");
    for (OnvifSimulator.Builder builder :
        List.of(
            camera().usernameToken("admin", "x"),
            camera().digest(false, "admin", "x"),
            camera().digest(true, "admin", "x"))) {
      try (OnvifSimulator camera = builder.start()) {
        OnvifException refused = failure(client.connect(DeviceAccess.of(camera.address(), wrong)));

        assertThat(refused.kind()).isEqualTo(Kind.LOGIN_REFUSED);
        assertThat(refused)
            .hasMessageContaining("does not accept the user or the password")
            .hasMessageContaining(camera.address().getAuthority())
            .hasMessageNotContaining("wr0ng")
            .hasMessageNotContaining("admin");
        assertThat(failure(client.connect(DeviceAccess.of(camera.address(), null))))
            .hasMessageContaining("asks for a user and a password");
      }
    }
  }

  @Test
  void aCameraBehindANatIsAskedWhereItWasReached() throws Exception {
    try (OnvifSimulator camera =
        camera()
            .media2()
            .claims(URI.create("http://192.168.1.10:8000/onvif/device_service"))
            .start()) {
      OnvifCamera seen = connect(camera, ADMIN);

      MediaProfile first = get(seen.profiles()).get(0);
      assertThat(get(seen.snapshotAddress(first)).getAuthority())
          .isEqualTo(camera.address().getAuthority());
    }
  }

  @Test
  void eventsArePulledRenewedAndEnded() throws Exception {
    try (OnvifSimulator camera =
        camera().style(XmlStyle.NUMBERED).usernameToken("admin", "p\"ä:s3cret").start()) {
      EventSubscription events = get(connect(camera, ADMIN).subscribe());

      CompletableFuture<List<OnvifEvent>> waiting = events.pull(Duration.ofSeconds(15));
      camera.notice("RuleEngine/CellMotionDetector/Motion", "IsMotion", true);
      OnvifEvent motion = get(waiting).get(0);
      assertThat(motion.kind()).isEqualTo(OnvifEvent.Kind.MOTION);
      assertThat(motion.active()).isTrue();
      assertThat(motion.source()).isEqualTo("vs0");
      assertThat(motion.cameraTime()).isNotNull();

      camera.notice("VideoSource/MotionAlarm", "State", false);
      camera.notice("VideoSource/GlobalSceneChange/ImagingService", "State", true);
      camera.notice("VideoSource/ImageTooDark/AnalyticsService", "State", true);
      camera.notice("Device/Trigger/Relay", "LogicalState", true);
      List<OnvifEvent> more = new java.util.ArrayList<>();
      while (more.size() < 3) {
        more.addAll(get(events.pull(Duration.ofSeconds(5))));
      }
      assertThat(more)
          .extracting(OnvifEvent::kind)
          .containsExactly(
              OnvifEvent.Kind.MOTION, OnvifEvent.Kind.TAMPER, OnvifEvent.Kind.TOO_DARK);

      get(events.renew());
      get(events.unsubscribe());
      assertThat(camera.done()).containsExactly("Renew", "Unsubscribe");
    }
  }

  @Test
  void aCameraIsMovedStoppedAndSentToAPreset() throws Exception {
    try (OnvifSimulator camera = camera().ptz().digest(true, "admin", "p\"ä:s3cret").start()) {
      OnvifCamera seen = connect(camera, ADMIN);
      assertThat(seen.hasPtz()).isTrue();
      Ptz ptz = seen.ptz(get(seen.profiles()).get(0));

      assertThat(get(ptz.nodes())).containsExactly("n0");
      get(ptz.move(0.5, -1, 0, Duration.ofSeconds(1)));
      get(ptz.stop());
      String made = get(ptz.remember("Cổng <bắc>"));
      get(ptz.goTo(made));

      assertThat(get(ptz.presets())).extracting(Ptz.Preset::name).contains("Cổng <bắc>");
      assertThat(camera.done())
          .containsExactly("ContinuousMove 0.500 -1.000 0.000", "Stop", "GotoPreset " + made);
      assertThat(failure(ptz.goTo("none")))
          .hasMessageContaining("refuses: The requested preset token does not exist");
      assertThatThrownBy(() -> ptz.move(2, 0, 0, Duration.ofSeconds(1)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aFixedCameraSaysThatItCannotMove() throws Exception {
    try (OnvifSimulator camera = camera().start()) {
      OnvifCamera seen = connect(camera, null);

      assertThat(seen.hasPtz()).isFalse();
      assertThat(failure(seen.ptz(get(seen.profiles()).get(0)).stop()))
          .hasMessageContaining("has no ONVIF service for pan, tilt and zoom");
    }
  }

  @Test
  void keyFramesAreAskedForInBothStreamsAndWhileThatIsUnderWayNotAgain() throws Exception {
    try (OnvifSimulator camera = camera().media2().start()) {
      OnvifKeyFrames keyFrames =
          new OnvifKeyFrames(client, new CameraId("gate"), DeviceAccess.of(camera.address(), null));
      keyFrames.send();
      keyFrames.send();
      OnvifCamera seen = connect(camera, null);
      for (int i = 0; i < 1000 && camera.done().size() < 2; i++) {
        get(seen.information());
      }
      assertThat(camera.done())
          .containsExactlyInAnyOrder("SetSynchronizationPoint p0", "SetSynchronizationPoint p1");
    }
  }

  /** The stream that wants one must not end over it, and the next request must be made. */
  @Test
  void aKeyFrameThatCannotBeAskedForDoesNoHarmAndIsAskedForAgain() {
    OnvifKeyFrames keyFrames =
        new OnvifKeyFrames(
            client,
            new CameraId("gate"),
            DeviceAccess.of(URI.create("http://127.0.0.1:1/onvif"), null));
    client.close();
    try (CapturedLog log = new CapturedLog(Level.WARN)) {
      keyFrames.send();
      await(log, 1);
      keyFrames.send();
      await(log, 2);
    }
  }

  private static void await(CapturedLog log, int lines) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (log.lines().stream().filter(line -> line.contains("no key frame")).count() < lines) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void aProbeToAnAddressFindsTheCameraWithItsScopes() throws Exception {
    for (XmlStyle style : XmlStyle.values()) {
      try (OnvifSimulator camera = camera().style(style).name("Cam No. 7").start()) {
        List<FoundDevice> found = get(client.discover(camera.discovery(), Duration.ofMillis(1500)));

        assertThat(found).as("%s", style).hasSize(1);
        FoundDevice device = found.get(0);
        assertThat(device.address()).isEqualTo(camera.address());
        assertThat(device.name()).isEqualTo("Cam No. 7");
        assertThat(device.hardware()).isEqualTo("sim");
        assertThat(device.location()).isEqualTo("Huế");
      }
    }
  }
}
