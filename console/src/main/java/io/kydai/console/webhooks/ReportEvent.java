package io.kydai.console.webhooks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kydai.console.config.WebhookConfig;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.PlaceConfig;
import io.kydai.console.reports.PlateJson;
import io.kydai.console.reports.Report;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A report's news as a CloudEvent (CloudEvents 1.0, JSON format, structured mode). It is thin, less
 * than 20 kB: who wants more follows {@code href}.
 */
final class ReportEvent {
  /** The event of plates that were read after the report came in. */
  static final String PLATE_READ = WebhookConfig.PLATE_READ;

  private static final ObjectMapper JSON = new ObjectMapper();

  private ReportEvent() {}

  /** Such as {@code report.received}. */
  static String name(Report report) {
    return "report." + report.handling().state().text();
  }

  /**
   * @param id stays the same over all attempts
   * @param name of the event, such as {@code report.received}
   * @param camera as it is now; null where it was removed
   * @param console the console's address
   */
  static String body(
      String id,
      Instant at,
      String name,
      Report report,
      @Nullable CameraConfig camera,
      URI console) {
    String api = console.toString().replaceFirst("/+$", "") + "/api/v1";
    Report.Origin origin = report.origin();
    ObjectNode event = JSON.createObjectNode();
    event.put("specversion", "1.0");
    event.put("id", id);
    event.put("source", api + "/cameras/" + origin.camera());
    event.put("type", "io.kydai." + name + ".v1");
    event.put("subject", report.id().value());
    event.put("time", at.toString());
    event.put("datacontenttype", "application/json");
    ObjectNode data = event.putObject("data");
    data.put("report", report.id().value());
    data.put("camera", origin.camera().value());
    if (camera != null) {
      data.put("camera-name", camera.name());
    }
    data.put("rule", origin.rule().value());
    data.put("type", origin.type());
    data.put("state", report.handling().state().text());
    data.put("received-at", report.times().receivedAt().toString());
    data.put("started-at", report.times().startedAt().toString());
    Instant end = report.times().endedAt();
    if (end != null) {
      data.put("ended-at", end.toString());
    }
    data.put("reason", report.finding().reason());
    if (!report.participants().plates().isEmpty()) {
      data.set("plates", PlateJson.write(report.participants().plates()));
    }
    String agency = report.handling().agency();
    if (agency != null) {
      data.put("agency", agency);
    }
    if (camera != null) {
      PlaceConfig place = camera.place();
      if (place != null) {
        data.set("place", place(place));
      }
    }
    data.put("href", api + "/reports/" + report.id());
    return event.toString();
  }

  private static ObjectNode place(PlaceConfig place) {
    ObjectNode json = JSON.createObjectNode();
    PlaceConfig.Position at = place.position();
    if (at != null) {
      json.put("lat", at.lat()).put("lon", at.lon());
    }
    String address = place.address();
    if (address != null) {
      json.put("address", address);
    }
    return json;
  }
}
