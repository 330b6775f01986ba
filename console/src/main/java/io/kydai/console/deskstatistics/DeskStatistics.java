package io.kydai.console.deskstatistics;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.kydai.console.incidents.Verdicts;
import io.kydai.console.reports.InvalidReportRequestException;
import io.kydai.console.reports.ReportFilter;
import io.kydai.console.reports.VisibleReports;
import io.kydai.console.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts the work of the desk in a span of time; each answer is read in one snapshot. */
public final class DeskStatistics {
  /** The longest span; its cost grows with the steps that it has. */
  public static final Duration LONGEST = Duration.ofDays(92);

  private final Database database;
  private final Clock clock;

  /** Creates the statistics of a database. */
  public DeskStatistics(Database database, Clock clock) {
    this.database = requireNonNull(database);
    this.clock = requireNonNull(clock);
  }

  private static void check(Instant from, Instant to) {
    if (!from.isBefore(to)) {
      throw new InvalidReportRequestException("to", "Expected: a moment after 'from'.");
    }
    if (Duration.between(from, to).compareTo(LONGEST) > 0) {
      throw new InvalidReportRequestException(
          "to", "Expected: " + LONGEST.toDays() + " days after 'from' at most.");
    }
  }

  /**
   * Returns the figures of a span. Whoever sees some agencies' reports alone sees those agencies.
   *
   * @throws InvalidReportRequestException when the span is empty or too long
   */
  public DeskFigures of(DeskSpan span) {
    check(span.from(), span.to());
    VisibleReports visible = VisibleReports.of(span.visible());
    Instant now = clock.instant();
    return database.inSnapshot(
        db -> {
          Map<String, Figures> agencies = new TreeMap<>();
          DeskTable.received(db, span, visible)
              .forEach(one -> of(agencies, one.agency()).received = one.count());
          for (DeskTable.Deadlines one : DeskTable.deadlines(db, span, visible, now)) {
            of(agencies, one.agency()).onTime = one.onTime();
            of(agencies, one.agency()).late = one.late();
          }
          TimesTable.ofAgencies(db, span, visible)
              .forEach((agency, times) -> of(agencies, agency).handled = times);
          Map<String, List<DeskTable.Returned>> returned =
              DeskTable.returned(db, span, visible).stream()
                  .collect(groupingBy(DeskTable.Returned::agency));
          returned.keySet().forEach(agency -> of(agencies, agency));
          Set<String> own = own(span.visible());
          DeskTable.Decisions decisions = DeskTable.decisions(db, span, visible);
          return new DeskFigures(
              agencies.entrySet().stream()
                  .filter(one -> own.isEmpty() || own.contains(one.getKey()))
                  .map(
                      one ->
                          one.getValue()
                              .of(one.getKey(), returned.getOrDefault(one.getKey(), List.of())))
                  .toList(),
              decisions.verified(),
              decisions.rejected(),
              TimesTable.ofSteps(db, span, visible),
              DeskTable.rejectReasons(db, span, visible));
        });
  }

  /**
   * Returns the agencies of which alone one sees the reports; none for somebody who sees others.
   */
  private static Set<String> own(List<ReportFilter.Part> visible) {
    Set<String> agencies = ReportFilter.Part.agencies(visible);
    return agencies == null ? Set.of() : agencies;
  }

  private static Figures of(Map<String, Figures> agencies, String agency) {
    return agencies.computeIfAbsent(agency, id -> new Figures());
  }

  /** The figures of an agency while they are gathered. */
  private static final class Figures {
    private int received;
    private int onTime;
    private int late;
    private @Nullable HandlingTimes handled;

    AgencyFigures of(String agency, List<DeskTable.Returned> returned) {
      return new AgencyFigures(
          agency,
          received,
          onTime,
          late,
          handled,
          returned.isEmpty() ? 0 : returned.get(0).ofAgency(),
          returned.stream().map(one -> new ReasonCount(one.reason(), one.count())).toList());
    }
  }

  /**
   * Returns how many reports of each rule people found true and false, by the days (UTC) that begin
   * in a span.
   *
   * @throws InvalidReportRequestException when the span is empty or too long
   */
  public List<Verdicts> verdicts(Instant from, Instant to) {
    check(from, to);
    return database.inSnapshot(db -> DeskTable.verdicts(db, from, to));
  }

  /**
   * Returns how each reviewer decided, with decisions that were drawn for an auditor.
   *
   * @throws InvalidReportRequestException when the span is empty or too long
   */
  public List<ReviewerFigures> reviewers(DeskSpan span) {
    check(span.from(), span.to());
    VisibleReports visible = VisibleReports.of(span.visible());
    return database.inSnapshot(
        db -> {
          Map<String, List<ReviewerFigures.Decided>> samples =
              DeskTable.samples(db, span, visible).stream()
                  .collect(
                      groupingBy(
                          DeskTable.Drawn::reviewer, mapping(DeskTable.Drawn::decided, toList())));
          Map<String, ReviewerFigures.Looks> looks = LookTable.of(db, span, visible);
          return DeskTable.reviewers(db, span, visible).stream()
              .map(
                  one ->
                      new ReviewerFigures(
                          one.reviewer(),
                          one.verified(),
                          one.rejected(),
                          one.reopened(),
                          looks.getOrDefault(one.reviewer(), ReviewerFigures.Looks.NONE),
                          samples.getOrDefault(one.reviewer(), List.of())))
              .toList();
        });
  }
}
