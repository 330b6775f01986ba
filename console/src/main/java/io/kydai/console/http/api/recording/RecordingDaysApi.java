package io.kydai.console.http.api.recording;

import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.api.camera.CameraApi;
import io.kydai.console.http.api.camera.CameraPlaces;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.recordings.AlertDays;
import io.kydai.console.recordings.RecordingLibrary;
import io.kydai.console.users.Permission;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.recording.index.RecordingIndex;
import io.kydai.streaming.recording.index.Segment;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The days of a month on which something was recorded of a camera, or it had alerts. */
public final class RecordingDaysApi {
  private final Cameras cameras;
  private final RecordingIndex index;
  private final AlertDays alerts;
  private final ZoneId zone;
  private final Clock clock;

  /**
   * @param zone in which days begin
   */
  public RecordingDaysApi(Cameras cameras, RecordingLibrary recordings, ZoneId zone, Clock clock) {
    this.cameras = cameras;
    index = recordings.index();
    alerts = recordings.alertDays();
    this.zone = zone;
    this.clock = clock;
  }

  /**
   * @param desk runs what waits for the database
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints.on("listRecordingDays", desk, this::days);
  }

  /** The contract's {@code RecordingDays}. */
  private record RecordingDays(
      String camera, String month, List<Integer> days, List<Integer> alertDays) {}

  private ApiReply days(ApiCall call) {
    CameraConfig camera = CameraApi.find(call, cameras).config();
    CameraId id = camera.id();
    Instant visible =
        call.caller().since(Permission.HISTORY, CameraPlaces.of(camera)).orElse(Instant.MAX);
    YearMonth month =
        YearMonth.parse(
            call.text("month").orElseThrow(() -> Problem.of(400, "'month' is missing.")));
    List<Integer> days = new ArrayList<>();
    for (int day = 1; day <= month.lengthOfMonth(); day++) {
      if (recorded(id, month.atDay(day), visible)) {
        days.add(day);
      }
    }
    return ApiReply.json(
        new RecordingDays(id.value(), month.toString(), days, alertDays(call, camera, month)));
  }

  /** None for a caller who sees no alerts of the camera. */
  private List<Integer> alertDays(ApiCall call, CameraConfig camera, YearMonth month) {
    return call.caller()
        .since(Permission.EVIDENCE, CameraPlaces.of(camera))
        .map(
            from ->
                alerts
                    .of(
                        camera.id(),
                        month.atDay(1).atStartOfDay(zone).toInstant(),
                        month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant(),
                        from,
                        zone)
                    .stream()
                    .map(LocalDate::getDayOfMonth)
                    .toList())
        .orElse(List.of());
  }

  /** One row of the index answers, whatever the day has; 31 of them are a month. */
  private boolean recorded(CameraId camera, LocalDate day, Instant visible) {
    Instant begin = day.atStartOfDay(zone).toInstant();
    Instant end = day.plusDays(1).atStartOfDay(zone).toInstant();
    Instant now = clock.instant();
    Instant from = visible.isAfter(begin) ? visible : begin;
    Instant to = end.isAfter(now) ? now : end;
    if (!to.isAfter(from)) {
      return false;
    }
    List<Segment> found = index.segments(camera, from, to, 1);
    return !found.isEmpty();
  }
}
