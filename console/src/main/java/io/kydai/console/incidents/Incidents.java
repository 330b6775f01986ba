package io.kydai.console.incidents;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.alert.RuleId;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.reports.InvalidReportRequestException;
import io.kydai.console.reports.ReportId;
import io.kydai.console.store.Database;
import io.kydai.console.store.Ulids;
import io.kydai.ingest.source.CameraId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The incidents of the review desk, the mutes of rules, and what people found. The methods wait for
 * the database.
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><td>a page</td><td>{@value #MAX_PAGE} incidents</td></tr>
 * <tr><td>a count of a tab</td><td>{@value IncidentCounts#MOST}: more are counted as that</td></tr>
 * <tr><td>a mute</td><td>{@value #MAX_DAYS} days; a reason of {@value #MAX_REASON} characters</td></tr>
 * <tr><td>mutes that last</td><td>{@value #MAX_MUTES}, the next is refused</td></tr>
 * <tr><td>mutes that ended</td><td>forgotten after {@value #MAX_DAYS} days</td></tr>
 * </table>
 */
public final class Incidents {
  private static final int MAX_PAGE = 200;
  private static final int MAX_DAYS = 90;
  private static final int MAX_REASON = 500;
  private static final int MAX_MUTES = 10_000;

  private final Database database;
  private final AuditLog audit;
  private final Clock clock;
  private final Ulids ids;

  /** Creates the incidents of a database. */
  public Incidents(Database database, AuditLog audit, Clock clock) {
    this.database = requireNonNull(database);
    this.audit = requireNonNull(audit);
    this.clock = requireNonNull(clock);
    ids = new Ulids(clock);
  }

  /**
   * Returns a page of incidents with the counts of all tabs, in one snapshot: of those to check the
   * most urgent first, then and on other tabs the newest first.
   *
   * @throws InvalidReportRequestException when the limit or the cursor is wrong
   */
  public IncidentPage list(IncidentFilter filter) {
    if (filter.limit() < 1 || filter.limit() > MAX_PAGE) {
      throw new InvalidReportRequestException("limit", "1 to " + MAX_PAGE + " is expected");
    }
    IncidentCursor after = IncidentCursor.of(filter.cursor());
    return database.inSnapshot(
        db -> {
          IncidentCounts counts = IncidentCounts.of(db, filter);
          List<Incident> found = page(db, filter, after, filter.limit() + 1, counts);
          boolean more = found.size() > filter.limit();
          List<Incident> page = more ? found.subList(0, filter.limit()) : found;
          return new IncidentPage(
              FirstLookTable.added(db, page),
              counts,
              mine(db, filter),
              ReportPictures.of(db, page.stream().map(Incident::lastReport).toList()),
              more ? IncidentCursor.after(page.get(page.size() - 1)) : null);
        });
  }

  private static List<Incident> page(
      Handle db,
      IncidentFilter filter,
      @Nullable IncidentCursor after,
      int limit,
      IncidentCounts counts) {
    Tab tab = filter.tab();
    String before = after == null ? null : after.id().value();
    if (tab == null) {
      String handler = filter.handler();
      return handler == null ? List.of() : IncidentTable.mine(db, filter, handler, before, limit);
    }
    if (tab != Tab.TO_CHECK) {
      return IncidentTable.list(db, filter, tab, null, before, limit);
    }
    List<Incident> found = new ArrayList<>();
    for (Priority priority : Priority.values()) {
      boolean any = requireNonNull(counts.toCheck().get(priority)) > 0;
      if (any && (after == null || priority.compareTo(after.priority()) >= 0)) {
        String last = after != null && priority == after.priority() ? before : null;
        int missing = limit - found.size();
        if (missing > 0) {
          boolean same = after != null && priority == after.priority();
          found.addAll(
              filter.ranked()
                  ? IncidentTable.ranked(db, filter, priority, same ? after : null, missing)
                  : IncidentTable.list(db, filter, tab, priority, last, missing));
        }
      }
    }
    return found;
  }

  private static int mine(Handle db, IncidentFilter filter) {
    String handler = filter.handler();
    return handler == null
        ? 0
        : IncidentTable.mine(db, filter, handler, null, IncidentCounts.MOST).size();
  }

  /** Returns an incident; empty when there is none of that id. */
  public Optional<Incident> find(ReportId id) {
    return database.inSnapshot(
        db ->
            FirstLookTable.added(db, IncidentTable.byId(db, id.value()).stream().toList()).stream()
                .findFirst());
  }

  /**
   * Mutes a rule: the node rejects its reports, with the reason, until a moment. A mute that lasts
   * is replaced.
   *
   * @throws InvalidReportRequestException when the moment is past or too far, or the reason is
   *     missing or too long
   */
  public Mute mute(
      CameraId camera,
      RuleId rule,
      Instant until,
      String reason,
      Actor actor,
      RequestOrigin origin) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (!until.isAfter(now) || until.isAfter(now.plus(Duration.ofDays(MAX_DAYS)))) {
      throw new InvalidReportRequestException(
          "until", "a time to come, within " + MAX_DAYS + " days, is expected");
    }
    if (reason.isBlank() || reason.length() > MAX_REASON) {
      throw new InvalidReportRequestException(
          "reason", "1 to " + MAX_REASON + " characters are expected");
    }
    Mute mute = new Mute(camera, rule, now, until, actor.name(), reason.strip());
    database.inTransaction(
        db -> {
          RuleTable.endMutes(db, camera, rule, now);
          RuleTable.forgetMutes(db, now.minus(Duration.ofDays(MAX_DAYS)));
          if (RuleTable.countMutes(db, now) >= MAX_MUTES) {
            throw new InvalidReportRequestException(
                "rule", "at most " + MAX_MUTES + " rules are muted: end some mutes first");
          }
          RuleTable.insertMute(db, ids.next(), mute);
          audit.append(
              db,
              AuditEvent.of(AuditEventType.RULE_MUTED, actor, origin)
                  .camera(camera.value())
                  .reason(mute.reason())
                  .detail("rule", rule.value())
                  .detail("until", until));
          return true;
        });
    return mute;
  }

  /** Ends the mute of a rule; nothing happens where there is none. */
  public void unmute(CameraId camera, RuleId rule, Actor actor, RequestOrigin origin) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    database.inTransaction(
        db -> {
          if (RuleTable.endMutes(db, camera, rule, now) > 0) {
            audit.append(
                db,
                AuditEvent.of(AuditEventType.RULE_UNMUTED, actor, origin)
                    .camera(camera.value())
                    .detail("rule", rule.value()));
          }
          return true;
        });
  }

  /** Returns the mutes that last, those first that end first. */
  public List<Mute> mutes() {
    return database.inSnapshot(db -> RuleTable.mutes(db, clock.instant()));
  }

  /** Returns what people found of each rule's reports since the beginning of a day in UTC. */
  public List<Verdicts> verdicts(Instant since) {
    return database.inSnapshot(db -> RuleTable.verdicts(db, since));
  }
}
