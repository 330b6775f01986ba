package io.kydai.console;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.cameras.CameraRegistry;
import io.kydai.console.config.camera.CameraJson;
import io.kydai.console.reports.ReportAction;
import io.kydai.console.reports.ReportId;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.secrets.TestSecrets;
import io.kydai.console.store.Database;
import io.kydai.console.store.DatabaseAddress;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A process that performs audited actions on a database until it is killed. It writes a line to
 * standard output when an action was acknowledged: what a person then relies on.
 */
final class AuditedWork {
  static final Actor WORKER = new Actor(Actor.Kind.ACCOUNT, "01W", "worker");
  private static final int CAMERAS = 8;
  private static final RequestOrigin ORIGIN = new RequestOrigin("10.0.0.7", "r-1");

  private AuditedWork() {}

  public static void main(String[] arguments) {
    Clock clock = Clock.systemUTC();
    Database database = Database.open(DatabaseAddress.of(arguments[0]));
    AuditGroups groups = new AuditGroups(database, new AuditLog(database, clock), clock);
    CameraRegistry registry = new CameraRegistry(database, TestSecrets.cipher(), List.of(), clock);
    ReportQueue queue = new ReportQueue(database, ReportOutbox.NONE, clock);
    new Thread(() -> changeCameras(registry)).start();
    new Thread(() -> reviewReports(queue)).start();
    new Thread(() -> view(groups)).start();
  }

  private static synchronized void acknowledge(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private static void changeCameras(CameraRegistry registry) {
    for (int i = 0; ; i++) {
      CameraId id = new CameraId("c" + i % CAMERAS);
      String name = UUID.randomUUID().toString();
      byte[] json =
          "{\"id\": \"%s\", \"name\": \"%s\", \"url\": \"rtsp://127.0.0.1:1/\"}"
              .formatted(id, name)
              .getBytes(StandardCharsets.UTF_8);
      if (registry.camera(id).isEmpty()) {
        registry.add(CameraJson.read(json), WORKER, ORIGIN);
        acknowledge("named " + id + " " + name);
      } else if (i % 3 == 0) {
        registry.remove(id, WORKER, ORIGIN);
        acknowledge("removed " + id);
      } else {
        registry.replace(CameraJson.read(json), before -> true, WORKER, ORIGIN);
        acknowledge("named " + id + " " + name);
      }
    }
  }

  private static void reviewReports(ReportQueue queue) {
    while (true) {
      ReportId id = queue.receive(alert(), List.of()).id();
      queue.act(id, ReportAction.VERIFY, null, null, WORKER, ORIGIN);
      acknowledge("reviewed " + id + " verified");
      queue.act(id, ReportAction.ASSIGN, null, "Police", WORKER, ORIGIN);
      acknowledge("reviewed " + id + " assigned");
    }
  }

  private static Alert alert() {
    Timestamp start = new Timestamp(MediaTime.ofMillis(0), Instant.now());
    return new Alert(
        AlertId.of(UUID.randomUUID().toString()),
        new Alert.Origin(new CameraId("c0"), RuleId.of("crowd"), "crowding"),
        Alert.Phase.OPENED,
        new Alert.Span(start, start),
        new Alert.Participants(List.of(), null, List.of()),
        new Alert.Finding("6 people", Map.of()));
  }

  private static void view(AuditGroups groups) {
    for (int i = 0; ; i++) {
      String camera = "v" + UUID.randomUUID().toString().replace("-", "");
      AuditGroups.Viewing viewing =
          groups.view(AuditEvent.of(AuditEventType.LIVE_VIEWED, WORKER, ORIGIN).camera(camera));
      acknowledge("viewed " + camera);
      if (i % 2 == 0) {
        viewing.end();
      }
      if (i % 10 == 0) {
        groups.save();
      }
    }
  }
}
