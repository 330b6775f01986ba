package io.kydai.console.http.api.search;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.alert.Plate;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.api.camera.CameraPlaces;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.api.desk.ReportAccess;
import io.kydai.console.http.api.desk.ReportPlace;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.reports.InvalidReportRequestException;
import io.kydai.console.reports.Report;
import io.kydai.console.routing.Place;
import io.kydai.console.search.PlatePattern;
import io.kydai.console.search.PlateRoute;
import io.kydai.console.search.ReportSearch;
import io.kydai.console.search.SearchRequest;
import io.kydai.console.users.CameraPlace;
import io.kydai.console.users.Permission;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operation that follows one plate from camera to camera. Each use is in the audit, with its
 * reason, before anything is answered.
 */
public final class PlateRouteApi {
  /** So many readings an answer has at most; it says whether there are more. */
  private static final int MAX_READS = 500;

  private static final Duration MAX_SPAN = Duration.ofDays(31);

  private final ReportSearch search;
  private final ReportAccess access;
  private final Cameras cameras;
  private final AuditGroups audit;

  /** Creates the operation. */
  public PlateRouteApi(
      ReportSearch search, ReportAccess access, Cameras cameras, AuditGroups audit) {
    this.search = requireNonNull(search);
    this.access = requireNonNull(access);
    this.cameras = requireNonNull(cameras);
    this.audit = requireNonNull(audit);
  }

  /**
   * Registers the operation.
   *
   * @param desk runs what waits for the database
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints.on("getPlateRoute", desk, this::route);
  }

  private ApiReply route(ApiCall call) {
    String reason = call.text("reason").map(String::strip).orElse("");
    if (reason.isEmpty()) {
      throw Problem.badField(
          "reason", "Expected: why the plate is followed; the audit records it.");
    }
    Instant from = time(call, "from");
    Instant until = time(call, "until");
    if (!until.isAfter(from) || Duration.between(from, until).compareTo(MAX_SPAN) > 0) {
      throw Problem.badField("until", "Expected: after 'from', by 31 days at most.");
    }
    PlatePattern plate = plate(call);
    SearchRequest request =
        new SearchRequest(
            from,
            until,
            null,
            null,
            null,
            null,
            List.of(),
            plate,
            access.visible(call.caller(), Permission.TRACE_PLATES),
            true);
    List<Report> found = search.first(request, MAX_READS + 1);
    boolean more = found.size() > MAX_READS;
    List<Report> reads = more ? found.subList(0, MAX_READS) : found;
    audit.record(
        AuditEvent.of(AuditEventType.PLATE_TRACED, call.actor(), call.origin())
            .reason(reason)
            .detail("plate", plate.text())
            .detail("from", from)
            .detail("until", until)
            .detail("reads", reads.size()));
    return ApiReply.json(new RouteAnswer(plate.text(), reads(reads, plate.text()), more));
  }

  private static Instant time(ApiCall call, String name) {
    return call.time(name).orElseThrow(() -> Problem.badField(name, "Expected: a time."));
  }

  private static PlatePattern plate(ApiCall call) {
    try {
      PlatePattern plate = PlatePattern.of(call.text("plate").orElse(""));
      if (!plate.isWhole()) {
        throw Problem.badField("plate", "Expected: a whole plate, without '?' and '*'.");
      }
      return plate;
    } catch (InvalidReportRequestException e) {
      throw Problem.badField(e.field(), e);
    }
  }

  private List<ReadAnswer> reads(List<Report> found, String plate) {
    List<Report> reports =
        found.stream()
            .sorted(
                Comparator.comparing((Report one) -> one.times().startedAt())
                    .thenComparing(one -> one.id().value()))
            .toList();
    List<PlateRoute.@Nullable Leg> legs =
        PlateRoute.legs(
            reports.stream()
                .map(report -> new PlateRoute.Stop(report.times().startedAt(), place(report)))
                .toList());
    List<ReadAnswer> reads = new ArrayList<>();
    for (int i = 0; i < reports.size(); i++) {
      reads.add(ReadAnswer.of(reports.get(i), plate, cameras, legs.get(i)));
    }
    return reads;
  }

  private Place place(Report report) {
    CameraPlace place = CameraPlaces.of(report.origin().camera(), cameras);
    return new Place(place.lat(), place.lon());
  }

  /** The contract's {@code PlateRoute}. */
  private record RouteAnswer(String plate, List<ReadAnswer> reads, boolean more) {}

  /**
   * The contract's {@code PlateRead}.
   *
   * @param confidence of the reading
   * @param where null where the camera was removed
   * @param leg from the reading before; null for the first, and where a place is not known
   */
  private record ReadAnswer(
      String report,
      Instant at,
      String camera,
      String type,
      double confidence,
      @Nullable ReportPlace where,
      @Nullable LegAnswer leg) {
    static ReadAnswer of(
        Report report, String plate, Cameras cameras, PlateRoute.@Nullable Leg leg) {
      return new ReadAnswer(
          report.id().value(),
          report.times().startedAt(),
          report.origin().camera().value(),
          report.origin().type(),
          report.participants().plates().stream()
              .filter(one -> one.text().equals(plate))
              .mapToDouble(Plate::confidence)
              .max()
              .orElse(0),
          ReportPlace.of(report, cameras),
          leg == null ? null : LegAnswer.of(leg));
    }
  }

  /** The contract's {@code PlateLeg}; the speed is null where no time passed. */
  private record LegAnswer(
      double metres, double seconds, @Nullable Double kilometresPerHour, boolean implausible) {
    static LegAnswer of(PlateRoute.Leg leg) {
      return new LegAnswer(leg.metres(), leg.seconds(), leg.kilometresPerHour(), leg.implausible());
    }
  }
}
