package io.kydai.console.deadlines;

import io.kydai.console.agencies.Agencies;
import io.kydai.console.agencies.Agency;
import io.kydai.console.incidents.Priority;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a plan would do with a report: by which rule a stage of it would have a deadline, why by no
 * earlier one, when somebody would be reminded, and who would hear of it when it is late. It counts
 * as {@link DeadlinesOfReports} and {@link Deadlines} do, and writes nothing.
 *
 * @param stage that is tried
 * @param looked the rules in their order, up to the one that holds
 * @param course what follows of the rule that holds; null where none does
 */
public record DeadlineTrial(Stage stage, List<Looked> looked, @Nullable Course course) {
  /** So many escalations and spans of work are listed at most. */
  private static final int MOST = 20;

  public DeadlineTrial {
    looked = List.copyOf(looked);
  }

  /**
   * A rule that was looked at.
   *
   * @param rule its id
   * @param miss why it does not hold; null for the one that does
   */
  public record Looked(String rule, @Nullable Miss miss) {}

  /** Why a rule is not for a report. */
  public enum Miss {
    /** It is for another stage. */
    STAGE,
    /** It is for another urgency. */
    URGENCY,
    /** It is for other types. */
    TYPE,
    /** It comes into force later. */
    NOT_YET,
    /** It is not in force any more. */
    NO_LONGER
  }

  /**
   * What follows.
   *
   * @param rule that holds
   * @param remindAt when somebody is reminded; null where the rule asks for no reminder
   * @param dueAt by when the stage is to end
   * @param escalations who hears of it when it is late, the first at once; at most {@value #MOST}
   * @param work the spans of the calendar that count until then, at most {@value #MOST}
   * @param moreWork whether there are further spans
   */
  public record Course(
      DeadlineRule rule,
      @Nullable Instant remindAt,
      Instant dueAt,
      List<Escalation> escalations,
      List<WorkingCalendar.Span> work,
      boolean moreWork) {
    public Course {
      escalations = List.copyOf(escalations);
      work = List.copyOf(work);
    }
  }

  /**
   * One level that hears of a late report.
   *
   * @param to the agency; null where nobody stands higher, so that it stays on the list of late
   *     ones
   */
  public record Escalation(Instant at, @Nullable Agency to) {}

  /**
   * Tries a stage.
   *
   * @param begin when the stage begins
   * @param agency that has the report; null for the desk
   */
  public static DeadlineTrial of(
      DeadlinePlan plan,
      Agencies agencies,
      Stage stage,
      Priority urgency,
      String type,
      Instant begin,
      @Nullable String agency) {
    LocalDate day = begin.atZone(ZoneId.of(plan.zone())).toLocalDate();
    List<Looked> looked = new ArrayList<>();
    for (DeadlineRule rule : plan.rules()) {
      Miss miss = rule.miss(stage, urgency, type, day);
      looked.add(new Looked(rule.id(), miss));
      if (miss == null) {
        return new DeadlineTrial(stage, looked, course(plan, agencies, rule, begin, agency));
      }
    }
    return new DeadlineTrial(stage, looked, null);
  }

  private static Course course(
      DeadlinePlan plan,
      Agencies agencies,
      DeadlineRule rule,
      Instant begin,
      @Nullable String agency) {
    Instant due = plan.after(rule, begin, rule.within());
    Instant remind =
        rule.remind().isZero() ? null : plan.after(rule, begin, rule.within().minus(rule.remind()));
    List<WorkingCalendar.Span> work = plan.work(rule, begin, due, MOST + 1);
    return new Course(
        rule,
        remind,
        due,
        escalations(plan, agencies, rule, due, agency),
        work.subList(0, Math.min(MOST, work.size())),
        work.size() > MOST);
  }

  private static List<Escalation> escalations(
      DeadlinePlan plan,
      Agencies agencies,
      DeadlineRule rule,
      Instant due,
      @Nullable String agency) {
    List<Escalation> escalations = new ArrayList<>();
    Duration each = rule.escalate();
    Instant at = due;
    String below = agency;
    while (escalations.size() < MOST) {
      Optional<Agency> above = agencies.above(below);
      escalations.add(new Escalation(at, above.orElse(null)));
      if (above.isEmpty() || each.isZero()) {
        break;
      }
      below = above.get().id();
      at = plan.after(rule, at, each);
    }
    return escalations;
  }
}
