package io.kydai.console.reports;

import io.kydai.console.audit.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The looks of two people that some reports need before they are verified. Every method works in
 * the transaction of a step: what it finds holds when the step is written.
 */
final class TwoLooks {
  private static final Set<ReportState> VERIFIED =
      Set.of(
          ReportState.VERIFIED,
          ReportState.ASSIGNED,
          ReportState.IN_PROGRESS,
          ReportState.RETURNED,
          ReportState.RESOLVED);

  private final List<ReportConsequences> consequences;

  TwoLooks(List<ReportConsequences> consequences) {
    this.consequences = consequences;
  }

  /** Returns whether a step verifies a report that needs two looks, itself or for a follower. */
  boolean neededFor(Handle db, Report report, ReportAction action) {
    return action == ReportAction.VERIFY
        && report.handling().state() == ReportState.RECEIVED
        && (needs(db, report)
            || ReportTable.followers(db, report.id()).stream().anyMatch(one -> needs(db, one)));
  }

  private boolean needs(Handle db, Report report) {
    return consequences.stream().anyMatch(one -> one.needsTwoLooks(db, report));
  }

  /**
   * Refuses a look that is not that of a person, or of the person who looked first, whatever
   * session that person uses. A token is a program's, and may be the same person's.
   */
  static void check(Transitions.Row row, Report report, Actor actor) {
    boolean counts =
        row.condition() == Transitions.Condition.TWO_LOOKS
            || row.condition() == Transitions.Condition.ANOTHER_PERSON;
    if (!counts) {
      return;
    }
    if (actor.kind() != Actor.Kind.ACCOUNT) {
      throw new SecondLookException(
          "two people have to look at report "
              + report.id()
              + ": they log in, and a program's token cannot stand for one of them");
    }
    Report.FirstLook first = report.handling().firstLook();
    if (first != null && first.account().equals(actor.id())) {
      throw new SecondLookException(
          "%s looked at report %s first, at %s: another person has to agree"
              .formatted(first.actor(), report.id(), first.at()));
    }
  }

  /**
   * Returns the look that a person agreed to, where a step takes that agreement back; null where it
   * does not, as when somebody else did something with the report since.
   */
  static Report.@Nullable FirstLook takenBack(
      Handle db, Report report, ReportAction action, Actor actor) {
    return actor.kind() == Actor.Kind.ACCOUNT
            && Transitions.takingBack(report.handling().state(), action).isPresent()
        ? ReportTable.agreedTo(db, report.id(), actor.id()).orElse(null)
        : null;
  }

  /**
   * Writes the first look of a report after a step, and who agreed to it as the second person.
   *
   * @param kept the look that is waited upon again; null where an agreement was not taken back
   */
  static void write(
      Handle db,
      Report before,
      Transitions.Row row,
      Report.@Nullable FirstLook kept,
      Actor actor,
      Instant at) {
    Report.FirstLook first = before.handling().firstLook();
    Report.FirstLook look =
        row.to() == ReportState.SECOND_REVIEW
            ? kept == null ? new Report.FirstLook(actor.id(), actor.name(), at) : kept
            : null;
    if (look != null || first != null) {
      ReportTable.setFirstLook(db, before.id(), look);
    }
    if (first != null && row.condition() == Transitions.Condition.ANOTHER_PERSON) {
      ReportTable.setAgreed(db, before.id(), first, actor.id());
    }
  }

  /**
   * Refuses to let a report that needs two looks come to the state of one at which one person
   * looked.
   *
   * @throws FollowsAnotherException where it would be verified by that
   */
  void checkFollowing(Handle db, Report report, Report parent) {
    boolean past =
        VERIFIED.contains(parent.handling().state())
            && !VERIFIED.contains(report.handling().state());
    if (past && needs(db, report) && !ReportTable.agreedByTwo(db, parent.id())) {
      throw new FollowsAnotherException(
          "two people have to look at this report, and one person verified the other one: verify"
              + " this one first");
    }
  }
}
