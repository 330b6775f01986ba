package io.kydai.console.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.Analytics;
import io.kydai.analytics.flow.FlowMaps;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.cameras.CameraHandovers;
import io.kydai.console.cameras.CameraPauses;
import io.kydai.console.cameras.CameraRegistry;
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
import io.kydai.ingest.source.CameraId;
import io.kydai.models.DetectorCatalogue;
import io.kydai.models.detection.DetectorModel;
import io.kydai.streaming.Streaming;
import io.kydai.streaming.evidence.EvidenceSettings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real rooms, one of which refuses a camera. */
class CameraLifecycleTest {
  private static final CameraConfig CAMERA =
      CameraConfig.of(new CameraId("gate"), Secret.of("rtsp://127.0.0.1:1/x"));

  @TempDir Path folder;

  @Test
  void aCameraThatOneRoomRefusesIsInNoneAndCanBeAddedAgain() throws Exception {
    Clock clock = Clock.systemUTC();
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Vertx vertx = Vertx.vertx();
    FlowMaps flows = new FlowMaps();
    EventSockets events = new EventSockets(vertx, clock, CameraPlaces::removed);
    try (Database database = TestDatabase.open(folder.resolve("kydai.db"));
        WebhookDispatcher webhooks =
            new WebhookDispatcher(
                database,
                List.of(),
                id -> Optional.empty(),
                () -> URI.create("http://h/"),
                clock,
                metrics);
        ReportIntake intake =
            new ReportIntake(
                new ReportQueue(database, webhooks.outbox(), clock),
                new IntakeJournal(folder.resolve("waiting.json")),
                metrics);
        DetectorModel model = DetectorCatalogue.load(DetectorConfig.DEFAULT.detector());
        OnvifCameras finder = OnvifCameras.everywhere(clock);
        Ingest ingest = new Ingest(clock, metrics, status -> {});
        Streaming streaming =
            new Streaming(
                ingest,
                new EvidenceSettings(
                    folder.resolve("evidence"), Duration.ofSeconds(1), Duration.ofSeconds(1)),
                metrics,
                (camera, alert, item) -> {});
        ObservationArchive archive = new ObservationArchive(folder.resolve("observations"), clock);
        Analytics analytics =
            new Analytics(
                ingest,
                model,
                DetectorConfig.DEFAULT.analytics(),
                PlatesConfig.OFF.analytics().orElse(null),
                metrics,
                new AlertRouter(
                    streaming, flows, archive, intake, events, (camera, samples) -> {}))) {
      CameraLifecycle rooms =
          new CameraLifecycle(
              new CameraRegistry(database, TestSecrets.cipher(), List.of(), clock),
              ingest,
              streaming,
              analytics,
              flows,
              events,
              finder,
              PlatesConfig.OFF,
              new CameraPauses(database, clock),
              new CameraHandovers(database, clock),
              archive,
              ZoneOffset.UTC,
              clock);
      rooms.open();
      analytics.add(CAMERA.analysis()); // so that analytics refuses a second of that id

      rooms.add(CAMERA, Actor.SYSTEM, RequestOrigin.NONE);

      assertThat(ingest.status(CAMERA.id())).isEmpty();
      // A camera that streaming still had would be refused here: "is there already".
      streaming.add(CAMERA.id(), CAMERA.scene());
      streaming.remove(CAMERA.id());
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }
}
