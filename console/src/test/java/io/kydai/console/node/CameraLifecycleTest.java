package io.kydai.console.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.Analytics;
import io.kydai.analytics.flow.FlowMaps;
import io.kydai.console.TestClock;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEntry;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.cameras.CameraCare;
import io.kydai.console.cameras.CameraHandovers;
import io.kydai.console.cameras.CameraPauses;
import io.kydai.console.cameras.CameraPrivacy;
import io.kydai.console.cameras.CameraRegistry;
import io.kydai.console.cameras.MaintenanceItems;
import io.kydai.console.config.DetectorConfig;
import io.kydai.console.config.PlatesConfig;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.tree.Secret;
import io.kydai.console.discovery.OnvifCameras;
import io.kydai.console.http.api.camera.CameraPlaces;
import io.kydai.console.http.push.EventSockets;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.secrets.TestSecrets;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.console.trial.ObservationArchive;
import io.kydai.console.webhooks.WebhookDispatcher;
import io.kydai.ingest.Ingest;
import io.kydai.ingest.simulator.CameraSimulator;
import io.kydai.ingest.simulator.SimulatedCamera;
import io.kydai.ingest.simulator.media.Clip;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.status.CameraState;
import io.kydai.ingest.status.CameraStatus;
import io.kydai.models.DetectorCatalogue;
import io.kydai.models.detection.DetectorModel;
import io.kydai.streaming.Streaming;
import io.kydai.streaming.evidence.EvidenceSettings;
import io.kydai.streaming.privacy.Redaction;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real rooms, one of which may refuse a camera. */
class CameraLifecycleTest {
  private static final CameraConfig CAMERA =
      CameraConfig.of(new CameraId("gate"), Secret.of("rtsp://127.0.0.1:1/x"));

  @TempDir Path folder;

  /** What is closed, the last first. */
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  private final CountDownLatch live = new CountDownLatch(1);
  private Database database;
  private Ingest ingest;
  private Streaming streaming;
  private Analytics analytics;
  private CameraHandovers handovers;
  private CameraLifecycle rooms;

  private <T extends AutoCloseable> T closed(T one) {
    open.push(one);
    return one;
  }

  /**
   * Opens the rooms.
   *
   * @param handoverClock the clock by which a fault that was handed over is well again
   */
  private void open(Clock handoverClock) throws Exception {
    Clock clock = Clock.systemUTC();
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Vertx vertx = Vertx.vertx();
    closed(() -> vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS));
    FlowMaps flows = new FlowMaps();
    EventSockets events = new EventSockets(vertx, clock, CameraPlaces::removed);
    database = closed(TestDatabase.open(folder.resolve("kydai.db")));
    WebhookDispatcher webhooks =
        closed(
            new WebhookDispatcher(
                database,
                List.of(),
                id -> Optional.empty(),
                () -> URI.create("http://h/"),
                clock,
                metrics));
    ReportIntake intake =
        closed(
            new ReportIntake(
                new ReportQueue(database, webhooks.outbox(), clock),
                new IntakeJournal(folder.resolve("waiting.json")),
                metrics));
    DetectorModel model = closed(DetectorCatalogue.load(DetectorConfig.DEFAULT.detector()));
    OnvifCameras finder = closed(OnvifCameras.everywhere(clock));
    ingest = closed(new Ingest(clock, metrics, this::changed));
    streaming =
        closed(
            new Streaming(
                ingest,
                new EvidenceSettings(
                    folder.resolve("evidence"), Duration.ofSeconds(1), Duration.ofSeconds(1)),
                metrics,
                (camera, alert, item) -> {}));
    ObservationArchive archive =
        closed(new ObservationArchive(folder.resolve("observations"), clock));
    analytics =
        closed(
            new Analytics(
                ingest,
                model,
                DetectorConfig.DEFAULT.analytics(),
                PlatesConfig.OFF.analytics().orElse(null),
                metrics,
                new AlertRouter(
                    streaming,
                    flows,
                    archive,
                    observation -> {},
                    intake,
                    events,
                    (camera, samples) -> {})));
    handovers = new CameraHandovers(database, handoverClock);
    rooms =
        new CameraLifecycle(
            new CameraRegistry(database, TestSecrets.cipher(), List.of(), clock),
            ingest,
            streaming,
            analytics,
            flows,
            events,
            finder,
            PlatesConfig.OFF,
            new CameraCare(
                new CameraPauses(database, clock), handovers, new MaintenanceItems(camera -> {})),
            archive,
            new CameraPrivacy(database, camera -> Optional.empty(), Set.of()),
            new Redaction(null),
            ZoneOffset.UTC,
            clock);
    rooms.open();
  }

  private void changed(CameraStatus status) {
    if (status.state() == CameraState.LIVE) {
      live.countDown();
    }
  }

  @AfterEach
  void close() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  @Test
  void aCameraThatOneRoomRefusesIsInNoneAndCanBeAddedAgain() throws Exception {
    open(Clock.systemUTC());
    analytics.add(CAMERA.analysis()); // so that analytics refuses a second of that id

    rooms.add(CAMERA, Actor.SYSTEM, RequestOrigin.NONE);

    assertThat(ingest.status(CAMERA.id())).isEmpty();
    // A camera that streaming still had would be refused here: "is there already".
    streaming.add(CAMERA.id(), CAMERA.scene());
    streaming.remove(CAMERA.id());
  }

  @Test
  void aFaultThatWasHandedOverIsMendedWhenTheCameraHasBeenLiveForAMinute() throws Exception {
    TestClock handoverClock = new TestClock(Instant.now());
    open(handoverClock);
    CameraSimulator simulator = closed(simulator());
    // A camera that is there, under an address that is not: it is handed over, and then mended.
    rooms.add(CAMERA, Actor.SYSTEM, RequestOrigin.NONE);
    rooms.handOver(CAMERA.id(), "Điện lực Huế", "", Actor.SYSTEM, RequestOrigin.NONE);
    assertThat(handovers.find(CAMERA.id()).orElseThrow().fault()).isNotNull();
    rooms.replace(
        CameraConfig.of(CAMERA.id(), Secret.of(simulator.address("gate"))),
        any -> true,
        Actor.SYSTEM,
        RequestOrigin.NONE);
    assertThat(live.await(60, TimeUnit.SECONDS)).isTrue();

    handoverClock.advance(Duration.ofSeconds(30));
    rooms.endHandovers();
    assertThat(handovers.find(CAMERA.id())).as("live for less than a minute").isPresent();

    handoverClock.advance(Duration.ofMinutes(10));
    rooms.endHandovers();
    assertThat(rooms.find(CAMERA.id()).orElseThrow().handover()).isNull();
    AuditEntry ended =
        new AuditLog(database, Clock.systemUTC())
            .list(AuditFilter.all(10)).entries().stream()
                .filter(entry -> entry.type().equals("camera.handover-ended"))
                .findFirst()
                .orElseThrow();
    assertThat(ended.details()).contains("Điện lực Huế").contains("\"cause\":\"well\"");
  }

  private static CameraSimulator simulator() throws Exception {
    try (InputStream in =
        Node.class.getResourceAsStream("/io/kydai/console/demo/campus-path.h264")) {
      return CameraSimulator.builder()
          .camera(new SimulatedCamera("gate", Clip.load(in), 10))
          .start();
    }
  }
}
