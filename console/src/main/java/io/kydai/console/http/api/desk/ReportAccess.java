package io.kydai.console.http.api.desk;

import io.kydai.console.http.answer.ErrorText;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.answer.Problem.Refusal;
import io.kydai.console.http.api.camera.CameraPlaces;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportFilter;
import io.kydai.console.reports.ReportId;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.users.Caller;
import io.kydai.console.users.CameraPlace;
import io.kydai.console.users.Permission;
import java.util.List;

/** The reports that a caller may see, and what the caller may do with them. */
public final class ReportAccess {
  private static final List<Permission> WORK =
      List.of(Permission.REVIEW, Permission.ASSIGN, Permission.RESOLVE);

  private final ReportQueue reports;
  private final Cameras cameras;

  /** Creates the answers to what callers may see. */
  public ReportAccess(ReportQueue reports, Cameras cameras) {
    this.reports = reports;
    this.cameras = cameras;
  }

  /**
   * Returns the report whose id is in the call's path, with its history.
   *
   * @throws Problem 404 when there is none; a report that the caller may not see is not there
   */
  Report find(ApiCall call) {
    return find(call.caller(), id(call.path("id")));
  }

  /**
   * Returns a report with its history.
   *
   * @throws Problem 404 when there is none that the caller may see
   */
  Report find(Caller caller, ReportId id) {
    Report report = reports.find(id).orElseThrow(() -> Problem.notFound("report " + id));
    if (!may(caller, Permission.EVIDENCE, report)) {
      throw Problem.hidden("report " + id, refusal(Permission.EVIDENCE, report));
    }
    return report;
  }

  private static Refusal refusal(Permission permission, Report report) {
    return new Refusal(permission, report.origin().camera().value(), report.id().value());
  }

  /**
   * Returns the id that a text is.
   *
   * @throws Problem 404 when it is none
   */
  static ReportId id(String text) {
    if (!ReportId.valid(text)) {
      throw Problem.notFound("report " + ErrorText.shown(text));
    }
    return ReportId.of(text);
  }

  /** Returns whether a caller has a permission on a report. */
  boolean may(Caller caller, Permission permission, Report report) {
    return caller.may(
        permission,
        CameraPlaces.of(report.origin().camera(), cameras),
        report.times().receivedAt(),
        report.handling().agency());
  }

  /**
   * Checks a permission on a report.
   *
   * @throws Problem 403 when the caller does not have it
   */
  void check(Caller caller, Permission permission, Report report) {
    if (!may(caller, permission, report)) {
      throw Problem.refused(
          "This needs the permission '" + permission.wire() + "' on its camera.",
          refusal(permission, report));
    }
  }

  /**
   * Checks that a caller reviews, assigns or resolves a report, and so may add to it.
   *
   * @throws Problem 403 when the caller does none of it
   */
  void checkWorksOn(Caller caller, Report report) {
    if (WORK.stream().noneMatch(permission -> may(caller, permission, report))) {
      throw Problem.of(
          403, "This needs the permission 'review', 'assign' or 'resolve' on its camera.");
    }
  }

  /** Returns the parts of the queue that a caller may see. */
  public List<ReportFilter.Part> visible(Caller caller) {
    return visible(caller, Permission.EVIDENCE);
  }

  /** Returns the parts of the queue on which a caller has a permission. */
  public List<ReportFilter.Part> visible(Caller caller, Permission permission) {
    List<CameraPlace> places =
        cameras.all().stream().map(view -> CameraPlaces.of(view.config())).toList();
    return caller.reach(permission, places).stream()
        .map(reach -> new ReportFilter.Part(reach.cameras(), reach.from(), reach.agencies()))
        .toList();
  }
}
