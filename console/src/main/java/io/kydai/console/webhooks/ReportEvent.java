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
import io.kydai.console.reports.ReportState;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of a report as a CloudEvent (CloudEvents 1.0, JSON format, structured mode). The event
 * has less than 20 kB; the whole report is at {@code data.href}.
 *
 * @param specversion the version of CloudEvents, 1.0
 * @param id the event's id, which is the same in all attempts
 * @param source the camera's address in this node's API
 * @param type the event's type, such as {@code io.kydai.report.received.v1}
 * @param subject the report's id
 * @param time the time at which the event was created, RFC 3339 in UTC
 * @param datacontenttype the media type of {@code data}
 * @param data the report at the time of the event
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
  /** The event that plates were read after the report was received. */
  static final String PLATE_READ = WebhookConfig.PLATE_READ;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  /**
   * The report at the time of the event. Times are in the form of RFC 3339 in UTC.
   *
   * @param report the report's id
   * @param camera the camera's id
   * @param cameraName the camera's name; null where the camera was removed
   * @param rule the rule's id
   * @param type the type of the rule
   * @param state the report's state
   * @param receivedAt the time at which the report was received
   * @param startedAt the time at which the alert started
   * @param endedAt the time at which the alert ended; null while it lasts
   * @param reason the reason of the alert
   * @param plates the plates that were read; null while there are none
   * @param agency the agency; null until the report is assigned
   * @param place the place of the camera; null where the camera was removed or has none
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
   * The place of a camera.
   *
   * @param lat the latitude in degrees (WGS 84); null where only an address is known
   * @param lon the longitude in degrees (WGS 84); null where only an address is known
   * @param address the address; null where it is not given
   */
  private record Place(@Nullable Double lat, @Nullable Double lon, @Nullable String address) {
    private static Place of(PlaceConfig place) {
      PlaceConfig.Position at = place.position();
      return new Place(at == null ? null : at.lat(), at == null ? null : at.lon(), place.address());
    }
  }

  /**
   * Returns the name of the event of a report's present state, such as {@code report.received}. A
   * camera's fault is received as well; its state in the event is {@code maintenance}.
   */
  static String name(Report report) {
    ReportState state = report.handling().state();
    return "report." + (state == ReportState.MAINTENANCE ? ReportState.RECEIVED : state).text();
  }

  /**
   * Returns the body of a webhook's request.
   *
   * @param id the event's id
   * @param at the time at which the event was created
   * @param name the event's name, such as {@code report.received}
   * @param camera the present configuration of the camera; null where it was removed
   * @param console the console's address for links
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
