package io.kydai.console.reports;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Reports that follow another one, since both are of one event: which may, and what the steps of
 * the other do with them. Each method is part of the caller's transaction.
 */
final class FollowingReports {
  /** How many may follow one; more are refused. */
  static final int MAX_FOLLOWERS = 200;

  private final TwoLooks looks;
  private final ReportOutbox outbox;
  private final List<ReportConsequences> consequences;
  private final AuditLog audit;
  private final Supplier<Instant> now;

  FollowingReports(
      TwoLooks looks,
      ReportOutbox outbox,
      List<ReportConsequences> consequences,
      AuditLog audit,
      Supplier<Instant> now) {
    this.looks = looks;
    this.outbox = outbox;
    this.consequences = consequences;
    this.audit = audit;
    this.now = now;
  }

  /**
   * Lets a report follow another one.
   *
   * @throws ReportChangedException when the report has another version than was seen
   * @throws FollowsAnotherException when it must not follow that one
   */
  ReportChange merge(
      Handle db,
      ReportId id,
      ReportId parentId,
      @Nullable Long seen,
      Actor actor,
      RequestOrigin origin)
      throws SQLException {
    Report report = existing(db, id);
    Report parent = existing(db, parentId);
    if (seen != null && seen != report.handling().version()) {
      throw new ReportChangedException(report, seen, ReportTable.lastAction(db, id).orElse(null));
    }
    if (id.equals(parentId)
        || report.handling().parent() != null
        || parent.handling().parent() != null
        || !ReportTable.followers(db, id).isEmpty()) {
      throw new FollowsAnotherException(
          "a report can follow another one when neither follows a report, and none follows it");
    }
    if (ReportTable.followers(db, parentId).size() >= MAX_FOLLOWERS) {
      throw new FollowsAnotherException(MAX_FOLLOWERS + " reports follow that one already");
    }
    if (!Transitions.mayFollow(report.handling().state(), parent.handling().state())) {
      throw new FollowsAnotherException(
          "the report is %s, and the other one %s: open it again first"
              .formatted(report.handling().state().text(), parent.handling().state().text()));
    }
    looks.checkFollowing(db, report, parent);
    ReportTable.setParent(db, id, parentId);
    audit.append(
        db,
        AuditEvent.of(AuditEventType.REPORT_MERGED, actor, origin)
            .camera(report.origin().camera().value())
            .report(id.value())
            .detail("parent", parentId.value()));
    Report.Step step =
        new Report.Step(
            now.get(),
            parent.handling().state(),
            actor.name(),
            "follows " + parentId,
            new StepNote(StepNote.Code.FOLLOWS, Map.of("report", parentId.value())));
    return follow(db, report, parent, step);
  }

  /** Brings a report to the state and agency of the one that it follows. */
  ReportChange follow(Handle db, Report report, Report parent, Report.Step step)
      throws SQLException {
    ReportId id = report.id();
    boolean moved =
        report.handling().state() != parent.handling().state()
            || !Objects.equals(report.handling().agency(), parent.handling().agency());
    ReportTable.setState(db, id, parent.handling().state(), parent.handling().agency(), false);
    if (report.handling().firstLook() != null || parent.handling().firstLook() != null) {
      ReportTable.setFirstLook(db, id, parent.handling().firstLook());
    }
    ReportTable.addStep(db, id, step);
    Report after = existing(db, id);
    if (moved) {
      outbox.write(db, after);
    }
    for (ReportConsequences one : consequences) {
      one.followed(db, report, after);
    }
    return new ReportChange(
        ReportTable.withHistory(db, existing(db, id)), true, moved, List.of(), report.handling());
  }

  /**
   * Lets a report stand alone again, in the state that it has.
   *
   * @throws FollowsAnotherException when it stands alone already
   */
  ReportChange separate(Handle db, ReportId id, Actor actor, RequestOrigin origin)
      throws SQLException {
    Report report = existing(db, id);
    String parent = report.handling().parent();
    if (parent == null) {
      throw new FollowsAnotherException("the report follows no other one");
    }
    ReportTable.setParent(db, id, null);
    ReportTable.addStep(
        db,
        id,
        new Report.Step(
            now.get(),
            report.handling().state(),
            actor.name(),
            "does not follow " + parent + " any more",
            new StepNote(StepNote.Code.FOLLOWS_NO_MORE, Map.of("report", parent))));
    audit.append(
        db,
        AuditEvent.of(AuditEventType.REPORT_SPLIT, actor, origin)
            .camera(report.origin().camera().value())
            .report(id.value())
            .detail("parent", parent));
    Report alone = existing(db, id);
    for (ReportConsequences one : consequences) {
      one.separated(db, alone);
    }
    return new ReportChange(ReportTable.withHistory(db, existing(db, id)), true, false);
  }

  private static Report existing(Handle db, ReportId id) {
    return ReportTable.byId(db, id).orElseThrow(() -> new UnknownReportException(id));
  }
}
