package io.kydai.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.budget.Limit;
import io.kydai.analytics.decode.OpenNatives;
import io.kydai.analytics.inference.SkipReason;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.pipeline.AnalysisStatus;
import io.kydai.analytics.pipeline.AnalyticsListener;
import io.kydai.analytics.pipeline.AnalyticsSettings;
import io.kydai.analytics.rules.CameraAnalysis;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.analytics.tracking.ByteTracker;
import io.kydai.analytics.tracking.Tracker;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AccessUnitSource;
import io.kydai.ingest.media.AccessUnitSubscriber;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import io.kydai.models.detection.Detector;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.Letterbox;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The room with real decoders and a network that the test lets go on step by step. */
class AnalyticsTest {
  private static final DateTimeFormatter HOUR_AND_MINUTE = DateTimeFormatter.ofPattern("HH:mm");

  private final Map<CameraId, AccessUnitSubscriber> subscribers = new ConcurrentHashMap<>();
  private final AccessUnitSource source =
      (camera, subscriber) -> {
        subscribers.put(camera, subscriber);
        return () -> subscribers.remove(camera);
      };
  private final SteppedModel model = new SteppedModel();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final BlockingQueue<Observation> observed = new LinkedBlockingQueue<>();
  private final BlockingQueue<Alert> alerts = new LinkedBlockingQueue<>();
  private final BlockingQueue<Alert> unseen = new LinkedBlockingQueue<>();
  private final AtomicLong nanos = new AtomicLong();
  private final AnalyticsListener listener =
      new AnalyticsListener() {
        @Override
        public void onObservation(Observation observation) {
          observed.add(observation);
        }

        @Override
        public void onAlert(Alert alert, Observation observation, Frame frame) {
          assertThat(frame.width()).isEqualTo(observation.width());
          alerts.add(alert);
        }

        @Override
        public void onAlertWithoutPicture(Alert alert) {
          unseen.add(alert);
        }
      };

  @AfterEach
  void nothingIsLeftOpen() {
    assertThat(OpenNatives.frames()).isZero();
    assertThat(OpenNatives.decoders()).isZero();
    assertThat(OpenNatives.scalers()).isZero();
    assertThat(model.open.get()).isZero();
    assertThat(registry.getMeters()).isEmpty();
    assertThat(subscribers).isEmpty();
  }

  private Analytics analytics(int workers) {
    return new Analytics(
        source,
        model,
        new AnalyticsSettings(workers, 2, 1000),
        null,
        registry,
        listener,
        ByteTracker::new,
        nanos::get);
  }

  @Test
  void theMetricsSayWhichNetworkRuns() {
    try (Analytics analytics = analytics(1)) {
      assertThat(analytics.status(new CameraId("nobody"))).isEmpty();
      assertThat(
              registry
                  .get("kydai.analytics.detector.info")
                  .tag("detector", model.name())
                  .gauge()
                  .value())
          .isEqualTo(1);
    }
  }

  private static CameraAnalysis nothingDrawn(CameraId camera) {
    return new CameraAnalysis(camera, Scene.EMPTY, List.of());
  }

  private Observation next() throws InterruptedException {
    Observation observation = observed.poll(20, TimeUnit.SECONDS);
    assertThat(observation).isNotNull();
    return observation;
  }

  private void awaitDecoded(CameraId camera, int count) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (registry
            .get("kydai.analytics.frames.decoded")
            .tag("camera", camera.value())
            .counter()
            .count()
        < count) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /** A camera's own queue may be behind another's, which has told of its frames. */
  private static String awaitFault(Analytics analytics, CameraId camera) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    String fault = null;
    while (fault == null) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
      fault = analytics.status(camera).orElseThrow().lastError();
    }
    return fault;
  }

  @Test
  void underASlowNetworkTheNewestFrameIsAnalysedAndNothingPilesUp() throws Exception {
    CameraId gate = new CameraId("gate");
    List<AccessUnit> units = TestVideo.accessUnits(gate, 320, 240, 40);
    try (Analytics analytics = analytics(1)) {
      analytics.add(nothingDrawn(gate));
      subscribers.get(gate).onAccessUnit(units.get(0));
      model.awaitInside(); // The network is at work on the first frame while all others arrive.
      units.subList(1, 40).forEach(subscribers.get(gate)::onAccessUnit);
      awaitDecoded(gate, 40);
      assertThat(OpenNatives.frames()).isEqualTo(2); // the one in hand and the newest
      nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(120)); // so slow is the network
      model.letGo(2);
      assertThat(next().mediaTime()).isEqualTo(units.get(0).mediaTime());
      Observation newest = next();
      assertThat(newest.mediaTime()).isEqualTo(units.get(39).mediaTime());
      assertThat(newest.wallClock()).isEqualTo(units.get(39).wallClock());
      assertThat(newest.width()).isEqualTo(320);
      AnalysisStatus status = analytics.status(gate).orElseThrow();
      assertThat(status.skipped()).isEqualTo(38);
      assertThat(status.lastError()).isNull();
      assertThat(status.latency()).hasMillis(120);
      assertThat(status.latencyP95()).hasMillis(120);
      assertThat(analytics.withLatestFrame(gate, (frame, seen) -> frame.mediaTime()))
          .contains(newest.mediaTime());
    }
  }

  @Test
  void manyCamerasShareOneWorkerInTurn() throws Exception {
    int cameras = 8;
    List<CameraId> ids = new ArrayList<>();
    List<List<AccessUnit>> streams = new ArrayList<>();
    for (int i = 0; i < cameras; i++) {
      ids.add(new CameraId("camera-" + i));
      streams.add(TestVideo.accessUnits(ids.get(i), 320, 240, 10));
    }
    try (Analytics analytics = analytics(1)) {
      ids.forEach(id -> analytics.add(nothingDrawn(id)));
      // The first camera sends all it has before any other sends one; its first frame is in hand,
      // so
      // that the newest of the others waits for a second turn.
      subscribers.get(ids.get(0)).onAccessUnit(streams.get(0).get(0));
      model.awaitInside();
      streams.get(0).subList(1, 10).forEach(subscribers.get(ids.get(0))::onAccessUnit);
      for (int i = 1; i < cameras; i++) {
        subscribers.get(ids.get(i)).onAccessUnit(streams.get(i).get(0));
      }
      for (int i = 0; i < cameras; i++) {
        awaitDecoded(ids.get(i), i == 0 ? 10 : 1);
      }
      model.letGo(cameras + 1);
      List<CameraId> order = new ArrayList<>();
      for (int i = 0; i < cameras + 1; i++) {
        order.add(next().camera());
      }
      assertThat(order.get(0)).isEqualTo(ids.get(0));
      assertThat(order.subList(1, cameras)).doesNotContain(ids.get(0)).doesNotHaveDuplicates();
      assertThat(order.get(cameras)).isEqualTo(ids.get(0));
    }
  }

  @Test
  void oneCamerasFaultyTrackerAndDamagedStreamDisturbNoOther() throws Exception {
    CameraId faulty = new CameraId("faulty");
    CameraId damaged = new CameraId("damaged");
    CameraId fine = new CameraId("fine");
    Tracker throwing =
        (detections, mediaTime, width, height) -> {
          throw new IllegalStateException("lost its mind");
        };
    Tracker following = (detections, mediaTime, width, height) -> List.of();
    List<Tracker> trackers =
        Collections.synchronizedList(new ArrayList<>(List.of(throwing, following, following)));
    try (Analytics analytics =
        new Analytics(
            source,
            model,
            new AnalyticsSettings(2, 2, 1000),
            null,
            registry,
            listener,
            () -> trackers.remove(0),
            nanos::get)) {
      model.letGo(1000);
      for (CameraId camera : List.of(faulty, damaged, fine)) {
        analytics.add(nothingDrawn(camera));
      }
      List<AccessUnit> good = TestVideo.accessUnits(fine, 320, 240, 20);
      List<AccessUnit> others = TestVideo.accessUnits(faulty, 320, 240, 20);
      for (int i = 0; i < 20; i++) {
        subscribers.get(faulty).onAccessUnit(others.get(i));
        subscribers.get(damaged).onAccessUnit(garbled(others.get(i), damaged));
        subscribers.get(fine).onAccessUnit(good.get(i));
        Observation observation = next();
        assertThat(observation.camera()).isEqualTo(fine);
        assertThat(observation.mediaTime()).isEqualTo(good.get(i).mediaTime());
      }
      assertThat(awaitFault(analytics, faulty)).contains("lost its mind");
      assertThat(awaitFault(analytics, damaged)).contains("decode");
      assertThat(analytics.status(fine).orElseThrow().lastError()).isNull();
    }
  }

  private static AccessUnit garbled(AccessUnit unit, CameraId camera) {
    byte[] garbage = new byte[unit.size()];
    Arrays.fill(garbage, (byte) 0x77);
    return new AccessUnit(
        camera,
        unit.parameters(),
        unit.sequence(),
        unit.mediaTime(),
        unit.mediaTime(),
        unit.wallClock(),
        WallClockSource.ARRIVAL,
        unit.keyFrame(),
        unit.discontinuity(),
        false,
        ByteBuffer.wrap(garbage));
  }

  @Test
  void aCameraCanBeRemovedAtAnyTimeAndComeBack() throws Exception {
    CameraId gate = new CameraId("gate");
    List<AccessUnit> units = TestVideo.accessUnits(gate, 320, 240, 20);
    try (Analytics analytics = analytics(1)) {
      for (int round = 0; round < 3; round++) {
        analytics.add(nothingDrawn(gate));
        assertThatThrownBy(() -> analytics.add(nothingDrawn(gate)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("gate");
        units.forEach(subscribers.get(gate)::onAccessUnit);
        model.letGo(1);
        next();
        model.letGo(20);
        analytics.remove(gate);
        model.drain();
        observed.clear();
        assertThat(analytics.status(gate)).isEmpty();
        assertThat(OpenNatives.frames()).isZero();
        assertThat(registry.getMeters())
            .as("what is not a camera's")
            .extracting(meter -> meter.getId().getName())
            .containsExactly("kydai.analytics.detector.info");
      }
      analytics.remove(gate);
    }
  }

  @Test
  void alertsThatAreOpenAreClosedWhenTheCameraIsRemoved() throws Exception {
    CameraId gate = new CameraId("gate");
    Zone everywhere =
        new Zone(
            "all", List.of(new Point(0, 0), new Point(1, 0), new Point(1, 1), new Point(0, 1)));
    RuleSpec crowd =
        new RuleSpec("crowd", "crowding", Map.of("zone", "all", "people", 1, "for", "0.2s"));
    try (Analytics analytics = analytics(1)) {
      analytics.add(
          new CameraAnalysis(gate, new Scene(List.of(), List.of(everywhere)), List.of(crowd)));
      model.letGo(1000);
      for (AccessUnit unit : TestVideo.accessUnits(gate, 320, 240, 25)) {
        subscribers.get(gate).onAccessUnit(unit);
        assertThat(next().mediaTime()).isEqualTo(unit.mediaTime());
      }
      analytics.remove(gate);
      assertThat(alerts).first().extracting(Alert::phase).isEqualTo(Alert.Phase.OPENED);
      assertThat(alerts).last().extracting(Alert::phase).isEqualTo(Alert.Phase.CLOSED);
      assertThat(alerts).extracting(Alert::id).containsOnly(alerts.element().id());
    }
  }

  /** By its rule's hours: what the camera is owed because of its alert must end with it. */
  @Test
  void anAlertThatClosesWhileNothingComesIsNoLongerUrgent() throws Exception {
    CameraId gate = new CameraId("gate");
    List<AccessUnit> units = TestVideo.accessUnits(gate, 320, 240, 10);
    String until =
        units.get(0).wallClock().plusSeconds(120).atZone(ZoneOffset.UTC).format(HOUR_AND_MINUTE);
    Zone everywhere =
        new Zone(
            "all", List.of(new Point(0, 0), new Point(1, 0), new Point(1, 1), new Point(0, 1)));
    Map<String, Object> settings = new HashMap<>(Map.of("zone", "all", "people", 1, "for", 0));
    settings.put("schedule", (until.equals("00:01") ? "00:02" : "00:01") + "-" + until);
    settings.put("timezone", "UTC");
    RuleSpec crowd = new RuleSpec("crowd", "crowding", settings);
    try (Analytics analytics = analytics(1)) {
      analytics.add(
          new CameraAnalysis(gate, new Scene(List.of(), List.of(everywhere)), List.of(crowd)));
      double usual = analytics.status(gate).orElseThrow().weight();
      model.letGo(1000);
      for (AccessUnit unit : units) {
        subscribers.get(gate).onAccessUnit(unit);
        next();
      }
      assertThat(awaited(alerts).phase()).isEqualTo(Alert.Phase.OPENED);
      assertThat(analytics.status(gate).orElseThrow().weight()).isGreaterThan(usual);
      passes(analytics, 200);
      assertThat(awaited(alerts).phase()).isEqualTo(Alert.Phase.CLOSED);
      for (int second = 200; second < 203; second++) {
        AccessUnit late =
            at(second * 90_000L, units.get(0).wallClock().plusSeconds(second), units.get(0));
        subscribers.get(gate).onAccessUnit(late);
        next();
      }
      assertThat(alerts).isEmpty();
      assertThat(analytics.status(gate).orElseThrow().weight()).isEqualTo(usual);
    }
  }

  private static CameraAnalysis lostAfterTenSeconds(CameraId camera) {
    return new CameraAnalysis(
        camera, Scene.EMPTY, List.of(new RuleSpec("lost", "signal-lost", Map.of())));
  }

  private void passes(Analytics analytics, int seconds) {
    for (int i = 0; i < seconds; i++) {
      nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
      analytics.beat();
    }
  }

  private static Alert awaited(BlockingQueue<Alert> from) throws InterruptedException {
    Alert alert = from.poll(30, TimeUnit.SECONDS);
    assertThat(alert).isNotNull();
    return alert;
  }

  @Test
  void aCameraThatFallsSilentIsToldOnceWithItsLastPictureAndClosesWhenItIsBack() throws Exception {
    CameraId gate = new CameraId("gate");
    List<AccessUnit> units = TestVideo.accessUnits(gate, 320, 240, 200);
    try (Analytics analytics = analytics(1)) {
      analytics.add(lostAfterTenSeconds(gate));
      model.letGo(1000);
      subscribers.get(gate).onAccessUnit(units.get(0));
      Observation last = next();
      passes(analytics, 9);
      assertThat(alerts).isEmpty();
      passes(analytics, 1);
      Alert opened = awaited(alerts); // the listener has held its frame against the observation
      passes(analytics, 20);
      assertThat(opened.phase()).isEqualTo(Alert.Phase.OPENED);
      assertThat(opened.origin().type()).isEqualTo("signal-lost");
      assertThat(opened.span().start().mediaTime().ticks()).isEqualTo(last.mediaTime());
      assertThat(opened.finding().reason()).contains("10 s (limit: 10 s)");
      assertThat(opened.finding().measures()).containsEntry("threshold", 10.0);
      for (AccessUnit unit : units.subList(1, 200)) {
        subscribers.get(gate).onAccessUnit(unit);
        next();
      }
      Alert closed = awaited(alerts);
      assertThat(closed.phase()).isEqualTo(Alert.Phase.CLOSED);
      assertThat(closed.id()).isEqualTo(opened.id());
      assertThat(alerts).isEmpty();
      assertThat(unseen).isEmpty();
    }
  }

  @Test
  void aCameraThatNeverShowedAPictureIsToldWithoutOne() throws Exception {
    CameraId gate = new CameraId("gate");
    try (Analytics analytics = analytics(1)) {
      analytics.add(lostAfterTenSeconds(gate));
      passes(analytics, 10);
      Alert opened = awaited(unseen);
      assertThat(opened.phase()).isEqualTo(Alert.Phase.OPENED);
      analytics.remove(gate);
      Alert closed = awaited(unseen);
      assertThat(closed.phase()).isEqualTo(Alert.Phase.CLOSED);
      assertThat(closed.id()).isEqualTo(opened.id());
      assertThat(alerts).isEmpty();
    }
  }

  @Test
  void aProcessThatStoodStillBlamesNoCamera() throws Exception {
    CameraId gate = new CameraId("gate");
    try (Analytics analytics = analytics(1)) {
      analytics.add(lostAfterTenSeconds(gate));
      passes(analytics, 3);
      nanos.addAndGet(TimeUnit.SECONDS.toNanos(600));
      analytics.beat();
      passes(analytics, 4);
      assertThat(unseen).isEmpty();
      passes(analytics, 1);
      assertThat(awaited(unseen).phase()).isEqualTo(Alert.Phase.OPENED);
    }
  }

  @Test
  void aStillPictureIsLookedAtSeldomAndTheFirstChangeAtOnce() throws Exception {
    CameraId gate = new CameraId("gate");
    List<AccessUnit> units = TestVideo.accessUnits(gate, 320, 240, 11);
    AccessUnit still = units.get(0);
    AccessUnit changed = units.get(10); // The bar is elsewhere; a key frame, too.
    try (Analytics analytics =
        new Analytics(source, model, new AnalyticsSettings(1, 2, 25, 25, 1), registry, listener)) {
      analytics.add(nothingDrawn(gate));
      model.letGo(1000);
      int count = 200;
      for (int i = 0; i < count; i++) {
        subscribers.get(gate).onAccessUnit(at(i * 3600L, still));
        awaitDecoded(gate, i + 1);
      }
      long change = count * 3600L;
      subscribers.get(gate).onAccessUnit(at(change, changed));
      Observation observation = next();
      while (observation.mediaTime() < change) {
        observation = next();
      }
      assertThat(observation.mediaTime()).isEqualTo(change);
      AnalysisStatus status = analytics.status(gate).orElseThrow();
      // Seven seconds, of which the first ones are looked at as often as ever, then three times.
      assertThat(status.skippedBy().get(SkipReason.IDLE)).isGreaterThan(100);
      assertThat(status.limit()).isNotEqualTo(Limit.IDLE);
    }
  }

  /**
   * The network says of each picture that a person stands at one place; and so does the stream,
   * from the second picture of each group on.
   */
  @Test
  void aTrackThatTheStreamCarriesIsLookedAtSeldomAndShownBetween() throws Exception {
    CameraId gate = new CameraId("gate");
    AnalyticsSettings settings = new AnalyticsSettings(1, 2, 1, 10, Double.POSITIVE_INFINITY);
    List<AccessUnit> units = stillVideo(gate, 200);
    try (Analytics analytics = new Analytics(source, model, settings, registry, listener)) {
      analytics.add(nothingDrawn(gate));
      model.letGo(1000);
      int sent = 0;
      // Certain of the track, not of an empty picture, which asks for one look a second.
      while (analytics.status(gate).orElseThrow().limit() != Limit.CERTAIN
          || analytics.status(gate).orElseThrow().targetFps() != 1.5) {
        assertThat(sent).as("pictures until it is certain of the track").isLessThan(140);
        subscribers.get(gate).onAccessUnit(units.get(sent));
        awaitDecoded(gate, ++sent);
      }
      long certain = units.get(sent).mediaTime();
      for (int i = 0; i < 50; i++) {
        subscribers.get(gate).onAccessUnit(units.get(sent));
        awaitDecoded(gate, ++sent);
      }
      List<Observation> looks = new ArrayList<>();
      boolean propagated = false;
      long last = -1;
      while (!propagated || looks.size() < 2) {
        Observation observation = next();
        assertThat(observation.mediaTime()).isGreaterThan(last);
        last = observation.mediaTime();
        if (observation.mediaTime() >= certain) {
          propagated |= observation.propagated();
          if (!observation.propagated()) {
            looks.add(observation);
          }
          assertThat(observation.tracks())
              .singleElement()
              .extracting(track -> track.box().left())
              .satisfies(left -> assertThat(left).isCloseTo(0.4f, within(0.01f)));
        }
      }
      assertThat(looks.get(1).mediaTime() - looks.get(0).mediaTime())
          .isGreaterThanOrEqualTo(MediaTime.ticksOfMillis(400));
    }
  }

  private static List<AccessUnit> stillVideo(CameraId camera, int count) {
    byte[] stream =
        TestVideo.byteStream(
            320, 240, count, 400_000, (frame, number) -> TestVideo.paint(frame, 0));
    return AnnexB.split(stream, camera, 320, 240, TestVideo.TICKS_PER_FRAME);
  }

  private static AccessUnit at(long mediaTime, AccessUnit unit) {
    return at(mediaTime, unit.wallClock(), unit);
  }

  private static AccessUnit at(long mediaTime, Instant wallClock, AccessUnit unit) {
    return new AccessUnit(
        unit.camera(),
        unit.parameters(),
        unit.sequence(),
        mediaTime,
        mediaTime,
        wallClock,
        WallClockSource.ARRIVAL,
        true,
        false,
        false,
        unit.data());
  }

  /** Sees one fixed thing on each frame, as soon as the test lets it. */
  private static final class SteppedModel implements DetectorModel {
    private final Semaphore steps = new Semaphore(0);
    private final Semaphore inside = new Semaphore(0);
    private final AtomicInteger open = new AtomicInteger();

    void letGo(int frames) {
      steps.release(frames);
    }

    void drain() {
      steps.drainPermits();
    }

    void awaitInside() throws InterruptedException {
      assertThat(inside.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public String name() {
      return "stepped";
    }

    @Override
    public InputSize inputSize() {
      return new InputSize(64, 64);
    }

    @Override
    public List<String> labels() {
      return List.of("person");
    }

    @Override
    public Detector newDetector() {
      open.incrementAndGet();
      return new Detector() {
        @Override
        public List<Detection> detect(ByteBuffer pixels, Letterbox letterbox) {
          inside.release();
          steps.acquireUninterruptibly();
          return List.of(new Detection("person", 0.9f, new Box(0.4f, 0.4f, 0.6f, 0.6f)));
        }

        @Override
        public void close() {
          open.decrementAndGet();
        }
      };
    }

    @Override
    public void close() {}
  }
}
