package io.kydai.console.incidents;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.alert.RuleId;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportId;
import io.kydai.console.reports.ReportState;
import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reports of one camera and rule that follow one another.
 *
 * @param id the id of its first report
 * @param type the rule's type
 * @param firstAt when its first event began
 * @param lastAt when its last event began
 * @param lastReport the id of its last report
 * @param counts how many reports it has
 * @param tab the tab of the desk that shows it
 * @param machineRank how likely a machine finds it, 0 to 1000; 1000 where none said anything
 * @param firstLooks who looked first at its reports that wait for a second look, at most {@value
 *     #MAX_FIRST_LOOKS} people
 */
public record Incident(
    ReportId id,
    CameraId camera,
    RuleId rule,
    String type,
    Priority priority,
    Instant firstAt,
    Instant lastAt,
    ReportId lastReport,
    Counts counts,
    Tab tab,
    int machineRank,
    List<FirstLooks> firstLooks) {
  static final int MAX_FIRST_LOOKS = 5;

  public Incident {
    requireNonNull(id);
    requireNonNull(camera);
    requireNonNull(rule);
    requireNonNull(type);
    requireNonNull(priority);
    requireNonNull(firstAt);
    requireNonNull(lastAt);
    requireNonNull(lastReport);
    requireNonNull(counts);
    requireNonNull(tab);
    firstLooks = List.copyOf(firstLooks);
  }

  /**
   * Returns the incident as it is for those who see some of its reports only: with their times and
   * numbers.
   *
   * @param seen at least one
   */
  public Incident ofReports(List<Report> seen) {
    List<Instant> times = seen.stream().map(report -> report.times().startedAt()).sorted().toList();
    return new Incident(
        id,
        camera,
        rule,
        type,
        priority,
        times.get(0),
        times.get(times.size() - 1),
        lastReport,
        new Counts(
            seen.size(),
            count(seen, Tab.TO_CHECK),
            count(seen, Tab.WITH_AGENCY),
            count(seen, Tab.DONE),
            (int) seen.stream().filter(Incident::waits).count()),
        tab,
        machineRank,
        firstLooks(seen));
  }

  /** Returns this incident with those who looked first. */
  Incident withFirstLooks(List<FirstLooks> looks) {
    return new Incident(
        id,
        camera,
        rule,
        type,
        priority,
        firstAt,
        lastAt,
        lastReport,
        counts,
        tab,
        machineRank,
        looks);
  }

  private static boolean waits(Report report) {
    return report.handling().state() == ReportState.SECOND_REVIEW;
  }

  private static List<FirstLooks> firstLooks(List<Report> reports) {
    Map<String, FirstLooks> people = new TreeMap<>();
    for (Report report : reports) {
      Report.FirstLook look = report.handling().firstLook();
      if (look != null) {
        people.merge(
            look.account(),
            new FirstLooks(look.account(), look.actor(), 1),
            (known, one) -> new FirstLooks(known.account(), known.actor(), known.reports() + 1));
      }
    }
    return people.values().stream().limit(MAX_FIRST_LOOKS).toList();
  }

  private static int count(List<Report> reports, Tab tab) {
    return (int)
        reports.stream().filter(report -> Tab.of(report.handling().state()) == tab).count();
  }

  /**
   * Numbers of reports.
   *
   * @param reports all of the incident
   * @param toCheck those that the desk has to decide on
   * @param withAgency those that an agency has to act on
   * @param done those that are done
   * @param secondLook those to check that wait for a second look
   */
  public record Counts(int reports, int toCheck, int withAgency, int done, int secondLook) {}

  /**
   * A person's first looks.
   *
   * @param account the id of the person's account
   * @param actor the person's name
   * @param reports at how many reports
   */
  public record FirstLooks(String account, String actor, int reports) {}
}
