package io.kydai.console.node;

import io.kydai.console.audit.AuditLog;
import io.kydai.console.cameras.CameraRegistry;
import io.kydai.console.http.api.camera.CameraPlaces;
import io.kydai.console.http.api.people.Identity;
import io.kydai.console.messages.Messages;
import io.kydai.console.messages.Surroundings;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.secrets.SecretsCipher;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.store.Database;
import io.kydai.console.users.Duties;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.Streaming;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneId;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** The messages of a node. */
final class NodeMessages {
  private NodeMessages() {}

  /**
   * @param console the console's address for links
   */
  static Messages open(
      Vertx vertx,
      Database database,
      SecretsCipher secrets,
      ReportQueue reports,
      DeskSettings settings,
      Identity identity,
      CameraRegistry cameras,
      Streaming streaming,
      BiFunction<CameraId, byte[], byte[]> leaving,
      ZoneId zone,
      Supplier<URI> console,
      AuditLog audit,
      Clock clock,
      MeterRegistry metrics) {
    return new Messages(
        vertx,
        database,
        secrets,
        reports,
        settings,
        new Duties(identity.directory(), identity.factors()),
        new Surroundings(
            cameras::camera,
            camera ->
                cameras
                    .camera(camera)
                    .map(CameraPlaces::of)
                    .orElseGet(() -> CameraPlaces.removed(camera)),
            streaming::evidence,
            leaving,
            zone,
            console),
        audit,
        clock,
        metrics);
  }
}
