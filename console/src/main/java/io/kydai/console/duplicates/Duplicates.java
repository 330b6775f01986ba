package io.kydai.console.duplicates;

import static java.util.Objects.requireNonNull;

import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.routing.Place;
import io.kydai.console.settings.DeskSettings;
import io.kydai.ingest.source.CameraId;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds reports that may be of one event: of the same type, near in place and time, whichever
 * camera saw them. It decides nothing.
 */
public final class Duplicates {
  private static final int MAX_CANDIDATES = 50;
  private static final double EARTH_METRES = 6_371_000;

  private final ReportQueue reports;
  private final DeskSettings settings;
  private final Function<CameraId, Place> places;

  /**
   * @param places finds where a camera stands, also one that was removed; must not wait
   */
  public Duplicates(ReportQueue reports, DeskSettings settings, Function<CameraId, Place> places) {
    this.reports = requireNonNull(reports);
    this.settings = requireNonNull(settings);
    this.places = requireNonNull(places);
  }

  /**
   * Returns the reports that may be of the same event, those first whose events began nearest in
   * time; at most {@value #MAX_CANDIDATES}. A camera without a position is near to itself alone.
   */
  public List<Candidate> of(Report report) {
    return settings
        .get(DuplicateRules.SETTING)
        .value()
        .of(report.origin().type())
        .map(rule -> near(report, rule))
        .orElse(List.of());
  }

  private List<Candidate> near(Report report, DuplicateRules.Rule rule) {
    return reports.begun(report.origin().type(), report.times().startedAt(), rule.window()).stream()
        .filter(other -> !other.id().equals(report.id()))
        .flatMap(other -> candidate(report, other, rule).stream())
        .sorted(
            Comparator.comparing(Candidate::seconds)
                .thenComparing(one -> one.report().id().value()))
        .limit(MAX_CANDIDATES)
        .toList();
  }

  private Optional<Candidate> candidate(Report report, Report other, DuplicateRules.Rule rule) {
    Double metres = metres(report.origin().camera(), other.origin().camera());
    long seconds =
        Duration.between(report.times().startedAt(), other.times().startedAt()).abs().toSeconds();
    return metres == null || metres > rule.metres()
        ? Optional.empty()
        : Optional.of(new Candidate(other, metres, seconds));
  }

  /** Returns the distance on the ground; null where it is not known. */
  private @Nullable Double metres(CameraId one, CameraId other) {
    if (one.equals(other)) {
      return 0.0;
    }
    Place a = places.apply(one);
    Place b = places.apply(other);
    Double latA = a.lat();
    Double lonA = a.lon();
    Double latB = b.lat();
    Double lonB = b.lon();
    if (latA == null || lonA == null || latB == null || lonB == null) {
      return null;
    }
    double north = Math.toRadians(latB - latA);
    double east = Math.toRadians(lonB - lonA) * Math.cos(Math.toRadians((latA + latB) / 2));
    return EARTH_METRES * Math.hypot(north, east);
  }
}
