package io.kydai.console.reports;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * Steps with a report, as {@link Transitions} allows them: the report's row, its history, the
 * audit, what others are to be told, and the same of the reports that follow it. Part of the
 * caller's transaction.
 */
final class ReportDecisions {
  private final TwoLooks looks;
  private final ReportOutbox outbox;
  private final List<ReportConsequences> consequences;
  private final FollowingReports following;
  private final AuditLog audit;
  private final Supplier<Instant> now;

  ReportDecisions(
      TwoLooks looks,
      ReportOutbox outbox,
      List<ReportConsequences> consequences,
      FollowingReports following,
      AuditLog audit,
      Supplier<Instant> now) {
    this.looks = looks;
    this.outbox = outbox;
    this.consequences = consequences;
    this.following = following;
    this.audit = audit;
    this.now = now;
  }

  /**
   * Takes a step, as {@link ReportQueue#act}, and after it the one that is its consequence, if any.
   *
   * @param who the actor's name, checked
   */
  ReportChange step(
      Handle db, ReportId id, Decision decision, String who, Actor actor, RequestOrigin origin)
      throws SQLException {
    Report before = ReportTable.byId(db, id).orElseThrow(() -> new UnknownReportException(id));
    Long seen = decision.version();
    if (seen != null && seen != before.handling().version()) {
      throw new ReportChangedException(before, seen, ReportTable.lastAction(db, id).orElse(null));
    }
    String followed = before.handling().parent();
    if (followed != null) {
      throw new FollowsAnotherException(
          "this report follows " + followed + ": decide on that one, or let it stand alone");
    }
    Transitions.Needs needs = Transitions.needs(before.handling().state(), decision.action());
    String why =
        ReportText.checked(
                "reason",
                decision.reason(),
                ReportQueue.MAX_REASON,
                needs == Transitions.Needs.REASON)
            .orElse(null);
    String to =
        needs == Transitions.Needs.AGENCY
            ? ReportText.checked("agency", decision.agency(), ReportQueue.MAX_NAME, true)
                .orElseThrow()
            : null;
    Report.FirstLook kept = TwoLooks.takenBack(db, before, decision.action(), actor);
    Transitions.Row row =
        Optional.ofNullable(kept)
            .flatMap(look -> Transitions.takingBack(before.handling().state(), decision.action()))
            .orElseGet(
                () ->
                    Transitions.step(
                        before.handling().state(),
                        decision.action(),
                        looks.neededFor(db, before, decision.action())));
    TwoLooks.check(row, before, actor);
    String agency =
        switch (row.agency()) {
          case GIVEN -> to;
          case KEPT -> before.handling().agency();
          case NONE -> null;
        };
    // What the node itself does next, such as routing, keeps nobody from taking it back.
    ReportTable.setState(db, id, row.to(), agency, actor.kind() == Actor.Kind.SYSTEM);
    Report.Step step =
        new Report.Step(now.get(), row.to(), who, why, to, row.action(), decision.note());
    TwoLooks.write(db, before, row, kept, actor, step.at());
    ReportTable.addStep(db, id, step);
    Report after = ReportTable.byId(db, id).orElseThrow();
    outbox.write(db, after);
    audit.append(
        db,
        AuditEvent.of(AuditEventType.REPORT_ACTED, actor, origin)
            .camera(after.origin().camera().value())
            .report(id.value())
            .reason(why)
            .detail("action", row.action())
            .detail("before", row.from())
            .detail("after", row.to())
            .detail("agency", to));
    List<Decision> next = new ArrayList<>();
    for (ReportConsequences one : consequences) {
      one.acted(db, before, after, step, actor).ifPresent(next::add);
    }
    List<ReportChange> followers = new ArrayList<>();
    for (Report follower : ReportTable.followers(db, id)) {
      followers.add(following.follow(db, follower, after, step));
      audit.append(
          db,
          AuditEvent.of(AuditEventType.REPORT_ACTED, actor, origin)
              .camera(follower.origin().camera().value())
              .report(follower.id().value())
              .reason(why)
              .detail("action", row.action())
              .detail("before", follower.handling().state())
              .detail("after", row.to())
              .detail("agency", to));
    }
    if (!next.isEmpty() && actor.kind() != Actor.Kind.SYSTEM) {
      ReportChange last = consequence(db, id, next.get(0), origin).after(followers);
      return new ReportChange(last.report(), true, true, last.others(), before.handling());
    }
    return new ReportChange(
        ReportTable.withHistory(db, ReportTable.byId(db, id).orElseThrow()),
        true,
        true,
        followers,
        before.handling());
  }

  /** Takes a step that follows from another change, as the settings have it: the node's own. */
  ReportChange consequence(Handle db, ReportId id, Decision decision, RequestOrigin origin)
      throws SQLException {
    return step(db, id, cleaned(decision), ReportQueue.SELF, Actor.SYSTEM, origin);
  }

  /** Texts that come from settings must not keep an alert or a decision from being written. */
  private static Decision cleaned(Decision decision) {
    String reason = decision.reason();
    String agency = decision.agency();
    return new Decision(
        decision.action(),
        reason == null ? null : ReportText.cleaned(reason, ReportQueue.MAX_REASON),
        agency == null ? null : ReportText.cleaned(agency, ReportQueue.MAX_NAME),
        decision.version(),
        decision.note());
  }
}
