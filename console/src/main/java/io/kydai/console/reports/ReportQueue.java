package io.kydai.console.reports;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.Plate;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.store.Database;
import io.kydai.console.store.Ulids;
import io.kydai.streaming.evidence.EvidenceItem;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The report queue (phản ánh). Any thread, but none that must not wait for a disk.
 *
 * <p>A report, its step and what webhooks are to tell of it are written in one transaction: after a
 * crash either all of it is there or nothing. At its start the queue ends the happenings that were
 * open when the process before it ended, at the last moment of which it knows.
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><td>a reason</td><td>{@value #MAX_REASON} characters, longer ones are refused (an alert's is
 *     cut)</td></tr>
 * <tr><td>an agency, an actor</td><td>{@value #MAX_NAME} characters, longer ones are refused</td></tr>
 * <tr><td>tracks of a report</td><td>the first 1,000</td></tr>
 * <tr><td>a page</td><td>{@value #MAX_PAGE} reports</td></tr>
 * <tr><td>reports that follow one</td><td>{@value FollowingReports#MAX_FOLLOWERS}, more are refused</td></tr>
 * <tr><td>reports of one decision</td><td>{@value #MAX_TOGETHER}, more are refused</td></tr>
 * <tr><td>updates of one alert</td><td>one a second of its own time is written, and the closing
 *     and new plates always</td></tr>
 * <tr><td>alerts whose updates are thinned</td><td>{@value #MAX_OPEN}; those beyond are written
 *     each time</td></tr>
 * </table>
 */
public final class ReportQueue {
  static final String SELF = "kydai";
  static final int MAX_REASON = 2_000;
  static final int MAX_NAME = 200;
  private static final int MAX_PAGE = 200;
  private static final int MAX_TOGETHER = 200;
  private static final int MAX_NEAR = 500;
  private static final int MAX_OPEN = 10_000;
  private static final Duration UPDATE_INTERVAL = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(ReportQueue.class);

  private final Database database;
  private final ReportOutbox outbox;
  private final List<ReportConsequences> consequences;
  private final FollowingReports following;
  private final ReportDecisions decisions;
  private final Clock clock;
  private final Ulids ids;
  private final List<ReportListener> listeners = new CopyOnWriteArrayList<>();

  /** Of open alerts, how far the database knows them. */
  private final Map<AlertId, Written> written =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<AlertId, Written> eldest) {
          return size() > MAX_OPEN;
        }
      };

  private record Written(Instant upTo, List<Plate> plates) {}

  /**
   * Takes up the queue where the process before left it.
   *
   * @param outbox where what others are to be told is written
   */
  public ReportQueue(Database database, ReportOutbox outbox, Clock clock) {
    this(database, outbox, clock, List.of(), queue -> {});
  }

  /**
   * Takes up the queue where the process before left it.
   *
   * @param outbox where what others are to be told is written
   * @param consequences what is written in the transaction of each change, in this order
   * @param unfinished tells the queue what the process before had still to tell it; what lasted
   *     after that is ended
   */
  public ReportQueue(
      Database database,
      ReportOutbox outbox,
      Clock clock,
      List<ReportConsequences> consequences,
      Consumer<ReportQueue> unfinished) {
    this.database = requireNonNull(database);
    this.outbox = requireNonNull(outbox);
    this.consequences = List.copyOf(consequences);
    this.clock = requireNonNull(clock);
    ids = new Ulids(clock);
    AuditLog audit = new AuditLog(database, clock);
    TwoLooks looks = new TwoLooks(this.consequences);
    following = new FollowingReports(looks, outbox, this.consequences, audit, this::now);
    decisions = new ReportDecisions(looks, outbox, this.consequences, following, audit, this::now);
    database.inSnapshot(ReportTable::newestId).ifPresent(newest -> ids.startAfter(newest.value()));
    unfinished.accept(this);
    database.inTransaction(
        db -> {
          recover(db);
          return true;
        });
  }

  private void recover(Handle db) {
    for (ReportTable.Unfinished report : ReportTable.unfinished(db)) {
      if (report.open()) {
        ReportTable.end(db, report.id(), report.lastSeen());
        note(
            db,
            report,
            "the node ended while this lasted; its end is the last known moment",
            StepNote.Code.NODE_ENDED);
      }
      if (report.noClip()) {
        ReportTable.clipSettled(db, report.id());
        note(
            db,
            report,
            "the node ended before the clip was whole; there is no clip",
            StepNote.Code.CLIP_LOST);
      }
    }
  }

  private void note(Handle db, ReportTable.Unfinished report, String what, StepNote.Code code) {
    LOG.info("report {}: {}", report.id(), what);
    ReportTable.addStep(
        db, report.id(), new Report.Step(now(), report.state(), SELF, what, StepNote.of(code)));
  }

  /** Hears of changes from now on. */
  public void listen(ReportListener listener) {
    listeners.add(requireNonNull(listener));
  }

  /**
   * Takes in an alert that opened. When this returns, the report and what webhooks are to tell of
   * it are on the disk. The same alert twice makes one report.
   */
  public Report receive(Alert opened, List<EvidenceItem> evidence) {
    Report report = database.inTransaction(db -> insert(db, opened, evidence), this::tell).report();
    remember(opened);
    return report;
  }

  private ReportChange insert(Handle db, Alert alert, List<EvidenceItem> evidence)
      throws SQLException {
    Optional<Report> known = ReportTable.byAlert(db, alert.id());
    if (known.isPresent()) {
      return new ReportChange(known.get(), false, false);
    }
    Report report = Reports.received(ReportId.of(ids.next()), now(), alert);
    ReportTable.insert(db, report, alert.span().end().wallClock());
    ReportTable.addStep(
        db,
        report.id(),
        new Report.Step(report.times().receivedAt(), report.handling().state(), SELF, null, null));
    for (EvidenceItem item : evidence) {
      ReportTable.addEvidence(db, report.id(), item);
    }
    outbox.write(db, ReportTable.byId(db, report.id()).orElseThrow());
    List<Decision> next = new ArrayList<>();
    boolean maintenance = report.handling().state() == ReportState.MAINTENANCE;
    for (ReportConsequences one : consequences) {
      if (!maintenance || one.ofMaintenance()) {
        one.received(db, report).ifPresent(next::add);
      }
    }
    if (!next.isEmpty()) {
      decisions.consequence(db, report.id(), next.get(0), RequestOrigin.NONE);
    }
    return new ReportChange(ReportTable.byId(db, report.id()).orElseThrow(), true, true);
  }

  /**
   * An alert was updated or closed.
   *
   * @return the report as it is now; empty when no report came from that alert
   */
  public Optional<Report> update(Alert alert) {
    boolean closed = alert.phase() == Alert.Phase.CLOSED;
    if (!closed && !worthWriting(alert)) {
      return database.inSnapshot(db -> ReportTable.byAlert(db, alert.id()));
    }
    Optional<Report> report =
        database
            .inTransaction(db -> update(db, alert, closed), change -> change.ifPresent(this::tell))
            .map(ReportChange::report);
    if (report.isEmpty()) {
      LOG.warn(
          "camera {}: an update of alert {}, of which there is no report",
          alert.origin().camera(),
          alert.id());
    }
    if (closed) {
      synchronized (written) {
        written.remove(alert.id());
      }
    } else {
      remember(alert);
    }
    return report;
  }

  private boolean worthWriting(Alert alert) {
    synchronized (written) {
      Written last = written.get(alert.id());
      return last == null
          || !alert.span().end().wallClock().isBefore(last.upTo().plus(UPDATE_INTERVAL))
          || !alert.participants().plates().equals(last.plates());
    }
  }

  /** Only after the commit: what a failed one did not write is written by the next. */
  private void remember(Alert alert) {
    synchronized (written) {
      written.put(
          alert.id(), new Written(alert.span().end().wallClock(), alert.participants().plates()));
    }
  }

  private Optional<ReportChange> update(Handle db, Alert alert, boolean closed)
      throws SQLException {
    Optional<Report> report = ReportTable.byAlert(db, alert.id());
    if (report.isEmpty()) {
      return Optional.empty();
    }
    if (report.get().times().endedAt() != null) {
      // The same closing again, or an update that was overtaken by it.
      return Optional.of(new ReportChange(report.get(), false, false));
    }
    ReportTable.lasting(
        db,
        report.get().id(),
        alert.span().end().wallClock(),
        closed ? alert.span().end().wallClock() : null,
        Reports.participants(alert),
        Reports.finding(alert));
    Report now = ReportTable.byId(db, report.get().id()).orElseThrow();
    boolean read = !texts(now).isEmpty() && !texts(now).equals(texts(report.get()));
    if (read) {
      outbox.writePlates(db, now);
      for (ReportConsequences one : consequences) {
        one.read(db, now);
      }
    }
    return Optional.of(new ReportChange(now, true, read));
  }

  private static List<String> texts(Report report) {
    return report.participants().plates().stream().map(Plate::text).sorted().toList();
  }

  /**
   * A file of evidence is whole.
   *
   * @return the report as it is now; empty when no report came from that alert
   */
  public Optional<Report> addEvidence(AlertId alertId, EvidenceItem item) {
    Optional<ReportChange> change =
        database.inTransaction(
            db -> {
              Optional<Report> report = ReportTable.byAlert(db, alertId);
              if (report.isEmpty() || report.get().evidence().contains(item)) {
                return report.map(same -> new ReportChange(same, false, false));
              }
              ReportTable.addEvidence(db, report.get().id(), item);
              return ReportTable.byAlert(db, alertId)
                  .map(now -> new ReportChange(now, true, false));
            },
            done -> done.ifPresent(this::tell));
    if (change.isEmpty()) {
      LOG.warn("evidence {} of alert {}, of which there is no report", item.name(), alertId);
    }
    return change.map(ReportChange::report);
  }

  /**
   * What is known of alerts' evidence.
   *
   * @param alerts at most 500
   * @return the names of the files, by alert; an alert without a report is not in it
   */
  public Map<AlertId, Set<String>> evidenceOf(List<AlertId> alerts) {
    return database.inSnapshot(db -> ReportTable.evidenceOf(db, alerts));
  }

  /** The report of an alert, without its history. */
  public Optional<Report> ofAlert(AlertId alert) {
    return database.inSnapshot(db -> ReportTable.byAlert(db, alert));
  }

  /** A report with its history. */
  public Optional<Report> find(ReportId id) {
    return database.inSnapshot(
        db -> {
          Optional<Report> report = ReportTable.byId(db, id);
          return report.isEmpty() ? report : Optional.of(ReportTable.withHistory(db, report.get()));
        });
  }

  /** Returns the reports that follow another, the oldest first. */
  public List<Report> followers(ReportId parent) {
    return database.inSnapshot(db -> ReportTable.followers(db, parent));
  }

  /** Returns reports of a type whose events began near a moment, at most {@value #MAX_NEAR}. */
  public List<Report> begun(String type, Instant at, Duration window) {
    return database.inSnapshot(
        db -> ReportTable.begun(db, type, at.minus(window), at.plus(window), MAX_NEAR));
  }

  /**
   * Lets a report follow another one, since both are of one event: it gets the state and agency of
   * the other, and each later step of it. It keeps its own history, evidence and comments.
   *
   * @param seen the version of the report that was seen; null where it is not known
   * @return the report after it, with its history
   * @throws UnknownReportException when one of them is not there
   * @throws ReportChangedException when the report has another version than was seen
   * @throws FollowsAnotherException when one of them follows another, something follows the report,
   *     {@value FollowingReports#MAX_FOLLOWERS} follow the other, or the report is decided and the
   *     other one not so
   */
  public Report merge(
      ReportId id, ReportId parent, @Nullable Long seen, Actor actor, RequestOrigin origin) {
    return database
        .inTransaction(db -> following.merge(db, id, parent, seen, actor, origin), this::tell)
        .report();
  }

  private static Report existing(Handle db, ReportId id) {
    return ReportTable.byId(db, id).orElseThrow(() -> new UnknownReportException(id));
  }

  /**
   * Lets a report stand alone again, in the state that it has.
   *
   * @return the report after it, with its history
   * @throws UnknownReportException when there is none of that id
   * @throws FollowsAnotherException when it stands alone already
   */
  public Report split(ReportId id, Actor actor, RequestOrigin origin) {
    return database
        .inTransaction(db -> following.separate(db, id, actor, origin), this::tell)
        .report();
  }

  /** Returns the newest reports of an incident, at most {@value #MAX_PAGE}, the newest first. */
  public List<Report> ofIncident(String incident) {
    return database.inSnapshot(db -> ReportTable.ofIncident(db, incident, MAX_PAGE));
  }

  /**
   * A page of reports, newest first. Those that come in while somebody turns pages do not move the
   * pages that follow.
   *
   * @throws InvalidReportRequestException when the limit or the cursor is wrong
   */
  public ReportPage list(ReportFilter filter) {
    if (filter.limit() < 1 || filter.limit() > MAX_PAGE) {
      throw new InvalidReportRequestException("limit", "1 to " + MAX_PAGE + " is expected");
    }
    List<Report> found =
        database.inSnapshot(db -> ReportListQuery.list(db, filter, filter.limit() + 1));
    if (found.size() <= filter.limit()) {
      return new ReportPage(List.copyOf(found), null);
    }
    List<Report> page = List.copyOf(found.subList(0, filter.limit()));
    return new ReportPage(page, Cursor.after(page.get(page.size() - 1)));
  }

  /** Work in a transaction with a report. */
  @FunctionalInterface
  public interface NotedWork {
    /**
     * Does it.
     *
     * @param report without its history
     * @return whether there is something to tell of it, such as a note; where there is not, the
     *     work must not have written anything
     */
    boolean on(Handle db, Report report) throws SQLException;
  }

  /**
   * Does something beside a report, in a transaction with it: neither its state nor its version nor
   * its history changes, and webhooks hear nothing of it. Listeners do, where the work was done.
   *
   * @throws UnknownReportException when there is none of that id
   */
  public void beside(ReportId id, NotedWork work) {
    database.inTransaction(
        db -> {
          boolean done = work.on(db, existing(db, id));
          return new ReportChange(existing(db, id), done, false);
        },
        this::tell);
  }

  /**
   * Writes a note into the history of a report, which changes neither its state nor its version, in
   * one transaction with the work that it tells of.
   *
   * @param note at most 2,000 characters, longer ones are cut
   * @param coded the same as a code with its values
   * @return the report after it, with its history
   * @throws UnknownReportException when there is none of that id
   */
  public Report annotate(ReportId id, String note, StepNote coded, Actor actor, NotedWork work) {
    String text = ReportText.cleaned(note, MAX_REASON);
    return database
        .inTransaction(
            db -> {
              Report report =
                  ReportTable.byId(db, id).orElseThrow(() -> new UnknownReportException(id));
              boolean noted = work.on(db, report);
              if (noted) {
                ReportState state = report.handling().state();
                ReportTable.addStep(
                    db, id, new Report.Step(now(), state, actor.name(), text, coded));
              }
              Report after = ReportTable.byId(db, id).orElseThrow();
              return new ReportChange(ReportTable.withHistory(db, after), noted, false);
            },
            this::tell)
        .report();
  }

  /** Takes a step without a version, as {@link #act(ReportId, Decision, Actor, RequestOrigin)}. */
  public Report act(
      ReportId id,
      ReportAction action,
      @Nullable String reason,
      @Nullable String agency,
      Actor actor,
      RequestOrigin origin) {
    return act(id, new Decision(action, reason, agency, null), actor, origin);
  }

  /**
   * Takes a step with a report. The step, its row in the history, its entry in the audit and what
   * webhooks are to tell are one transaction.
   *
   * @param actor who takes it
   * @param origin where the request came from
   * @return the report after it, with its history
   * @throws UnknownReportException when there is none of that id
   * @throws ReportChangedException when the report has another version than the decision says
   * @throws IllegalTransitionException when its state does not allow it
   * @throws SecondLookException when two people have to look at it, and this is not one of them
   * @throws InvalidReportRequestException when a text is missing or too long
   */
  public Report act(ReportId id, Decision decision, Actor actor, RequestOrigin origin) {
    String who = ReportText.checked("actor", actor.name(), MAX_NAME, true).orElseThrow();
    return database
        .inTransaction(db -> decisions.step(db, id, decision, who, actor, origin), this::tell)
        .report();
  }

  /**
   * Takes the same step with several reports in one transaction: with all of them, or with none.
   *
   * @param seen the reports, at most {@value #MAX_TOGETHER}, each with the version that was seen
   * @param decision whose version is not looked at
   * @return the reports after it, in the order in which they were given, without their history
   * @throws UnknownReportException when one of them is not there
   * @throws ReportChangedException when one of them has another version than was seen
   * @throws IllegalTransitionException when the state of one of them does not allow it
   * @throws SecondLookException when two people have to look at one of them, and this is not one
   * @throws InvalidReportRequestException when there are too many, one is there twice, or a text is
   *     missing or too long
   */
  public List<Report> actTogether(
      List<SeenReport> seen, Decision decision, Actor actor, RequestOrigin origin) {
    String who = ReportText.checked("actor", actor.name(), MAX_NAME, true).orElseThrow();
    long different = seen.stream().map(SeenReport::id).distinct().count();
    if (seen.isEmpty() || seen.size() > MAX_TOGETHER || different != seen.size()) {
      throw new InvalidReportRequestException(
          "reports", "1 to " + MAX_TOGETHER + " different reports are expected");
    }
    return database
        .inTransaction(
            db -> {
              List<ReportChange> changes = new ArrayList<>();
              for (SeenReport one : seen) {
                Decision on =
                    new Decision(
                        decision.action(),
                        decision.reason(),
                        decision.agency(),
                        one.version(),
                        decision.note());
                changes.add(decisions.step(db, one.id(), on, who, actor, origin));
              }
              return changes;
            },
            changes -> changes.forEach(this::tell))
        .stream()
        .map(change -> change.report().withoutHistory())
        .toList();
  }

  private void tell(ReportChange change) {
    change.others().forEach(this::tell);
    if (change.outside()) {
      outbox.committed();
    }
    if (!change.news()) {
      return;
    }
    Report report = change.report().withHistory(List.of());
    for (ReportListener listener : listeners) {
      try {
        if (!Objects.equals(change.before().agency(), report.handling().agency())) {
          listener.onAssigned(report, change.before().agency());
        }
        listener.onReport(report);
      } catch (RuntimeException e) {
        LOG.error("report {}: a listener failed; the report stands", report.id(), e);
      }
    }
  }

  /** As exact as the database keeps it, so that what is told is what is stored. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
