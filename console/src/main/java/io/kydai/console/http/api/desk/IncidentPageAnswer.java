package io.kydai.console.http.api.desk;

import io.kydai.console.incidents.Incident;
import io.kydai.console.incidents.IncidentPage;
import io.kydai.console.incidents.Priority;
import io.kydai.console.incidents.Tab;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The contract's {@code IncidentPage}. */
public record IncidentPageAnswer(
    List<IncidentAnswer> incidents, Counts counts, boolean ranked, @Nullable String next) {

  /** How many incidents each tab has, and of those to check each priority. */
  record Counts(
      int toCheck,
      int urgent,
      int high,
      int normal,
      int secondLook,
      int mine,
      int withAgency,
      int done) {
    private static Counts of(IncidentPage page) {
      return new Counts(
          page.counts().tabs().getOrDefault(Tab.TO_CHECK, 0),
          page.counts().toCheck().getOrDefault(Priority.URGENT, 0),
          page.counts().toCheck().getOrDefault(Priority.HIGH, 0),
          page.counts().toCheck().getOrDefault(Priority.NORMAL, 0),
          page.counts().secondLook(),
          page.mine(),
          page.counts().tabs().getOrDefault(Tab.WITH_AGENCY, 0),
          page.counts().tabs().getOrDefault(Tab.DONE, 0));
    }
  }

  /**
   * @param seen the page's incidents as the caller may see them
   * @param holders who has which incident open, by its id
   */
  public static IncidentPageAnswer of(
      IncidentPage page, boolean ranked, List<Incident> seen, Map<String, ClaimAnswer> holders) {
    return new IncidentPageAnswer(
        seen.stream()
            .map(
                one ->
                    IncidentAnswer.of(
                        one,
                        page.pictures().get(one.lastReport()),
                        holders.get(one.id().value()),
                        null))
            .toList(),
        Counts.of(page),
        ranked,
        page.next());
  }
}
