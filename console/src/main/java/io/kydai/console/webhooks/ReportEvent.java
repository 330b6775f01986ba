package io.kydai.console.webhooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kydai.console.config.WebhookConfig;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.PlaceConfig;
import io.kydai.console.reports.PlateJson;
import io.kydai.console.reports.Report;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report's news as a CloudEvent (CloudEvents 1.0, JSON format, structured mode), less than 20 kB:
 * a receiver that wants more of the report follows {@code data.href}.
 *
 * @param source the camera's address in this node's API
 * @param subject the report's id
 * @param time when the event came about, RFC 3339 in UTC
 */
record ReportEvent(
    String specversion,
    String id,
    String source,
    String type,
    String subject,
    String time,
    String datacontenttype,
    Data data) {
  /** The event of plates that were read after the report came in. */
  static final String PLATE_READ = WebhookConfig.PLATE_READ;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  /**
   * The report as it is at the event.
   *
   * @param cameraName null where the camera was removed
   * @param receivedAt RFC 3339 in UTC, as are the other times
   * @param endedAt null while the report's event lasts
   * @param plates null while none was read
   * @param agency null until the report is assigned
   * @param place null where the camera was removed or has none
   * @param href the report's address in this node's API
   */
  private record Data(
      String report,
      String camera,
      @Nullable String cameraName,
      String rule,
      String type,
      String state,
      String receivedAt,
      String startedAt,
      @Nullable String endedAt,
      String reason,
      @Nullable List<PlateJson> plates,
      @Nullable String agency,
      @Nullable Place place,
      String href) {}

  /**
   * Where the camera is.
   *
   * @param lat degrees (WGS 84), as is {@code lon}; null where only an address is known
   */
  private record Place(@Nullable Double lat, @Nullable Double lon, @Nullable String address) {
    private static Place of(PlaceConfig place) {
      PlaceConfig.Position at = place.position();
      return new Place(at == null ? null : at.lat(), at == null ? null : at.lon(), place.address());
    }
  }

  /**
   * Returns the name of the event of a report that came into its state: {@code report.received}.
   */
  static String name(Report report) {
    return "report." + report.handling().state().text();
  }

  /**
   * Returns the body of a webhook's request.
   *
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
    ReportEvent event =
        new ReportEvent(
            "1.0",
            id,
            api + "/cameras/" + report.origin().camera(),
            "io.kydai." + name + ".v1",
            report.id().value(),
            at.toString(),
            "application/json",
            data(report, camera, api + "/reports/" + report.id()));
    try {
      return JSON.writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Data data(Report report, @Nullable CameraConfig camera, String href) {
    Report.Origin origin = report.origin();
    Report.Times times = report.times();
    Instant end = times.endedAt();
    PlaceConfig place = camera == null ? null : camera.place();
    return new Data(
        report.id().value(),
        origin.camera().value(),
        camera == null ? null : camera.name(),
        origin.rule().value(),
        origin.type(),
        report.handling().state().text(),
        times.receivedAt().toString(),
        times.startedAt().toString(),
        end == null ? null : end.toString(),
        report.finding().reason(),
        PlateJson.orNull(report.participants().plates()),
        report.handling().agency(),
        place == null ? null : Place.of(place),
        href);
  }
}
