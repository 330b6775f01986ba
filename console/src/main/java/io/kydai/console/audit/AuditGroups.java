package io.kydai.console.audit;

import static java.util.Objects.requireNonNull;

import io.kydai.console.store.Database;
import io.kydai.console.store.StoreException;
import io.kydai.console.store.Ulids;
import io.kydai.ingest.concurrent.NamedThreadFactory;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Groups events into one entry of the audit: views that last, and events of which many are alike,
 * see {@link AuditEventType}. The methods may be called on any thread that may wait for the disk,
 * {@link Viewing#end} on any thread.
 *
 * <ul>
 *   <li>When {@link #view} or {@link #count} returns, the first event of a group is on the disk, so
 *       that also a process that is killed leaves an entry for it: the next process appends it,
 *       with the mark {@code interrupted}. The last time and the count of a group are written every
 *       {@value #SAVE_SECONDS} s.
 *   <li>While the database fails, views go on: the groups stay in memory, and are written when the
 *       database works again. A control room must not become blind because a disk is full.
 *   <li>When the window of a group is over, {@link #save} appends its entry.
 * </ul>
 *
 * <p>There are at most {@value #MAX_GROUPS} groups. Each event beyond that has an entry of its own.
 *
 * <p>Only {@code scripts/bench console} extends it.
 */
public class AuditGroups implements AutoCloseable {
  private static final int MAX_GROUPS = 10_000;
  private static final int SAVE_SECONDS = 30;
  private static final Logger LOG = LoggerFactory.getLogger(AuditGroups.class);

  private final Database database;
  private final AuditLog audit;
  private final Clock clock;
  private final Ulids ids;
  private final int most;
  private final ScheduledThreadPoolExecutor saver =
      new ScheduledThreadPoolExecutor(1, NamedThreadFactory.of("audit"));

  /** All groups by their ids; guarded by this. */
  private final Map<String, Group> groups = new LinkedHashMap<>();

  /** The groups that count, by what their events have in common; guarded by this. */
  private final Map<AuditEvent, Group> counting = new LinkedHashMap<>();

  /** A viewing that lasts until it is ended. */
  public interface Viewing {
    /** Ends the viewing. This returns at once; the entry is appended by the next save. */
    void end();
  }

  /** A group in memory; its mutable fields are guarded by {@link AuditGroups}. */
  private static final class Group {
    final String id;
    final AuditEvent event;
    final Grouped grouped;
    Instant since;
    Instant until;
    long count = 1;

    /** Whether another group counts from now on. */
    boolean closed;

    /** The number of threads that write the first row; until then no save touches the group. */
    int beginning;

    /** The state of the group's row; null while there is none. */
    @Nullable Saved saved;

    /** The end of a viewing; null while it lasts. It is not guarded, so that ending never waits. */
    volatile @Nullable Instant end;

    Group(String id, AuditEvent event, Grouped grouped, Instant now) {
      this.id = id;
      this.event = event;
      this.grouped = grouped;
      this.since = now;
      this.until = now;
    }

    Saved state() {
      return new Saved(id, event, since, until, count);
    }
  }

  /** A group as its row has it. */
  record Saved(String id, AuditEvent event, Instant since, Instant until, long count) {
    AuditEvent entry(Grouped grouped, boolean ended, boolean interrupted) {
      AuditEvent with = event.detail(Grouped.SINCE, since).detail(Grouped.UNTIL, until);
      if (interrupted) {
        with = with.detail(Grouped.INTERRUPTED, true);
      }
      return grouped.lasting()
          ? with.detail(Grouped.VIEWING, id).detail(Grouped.ENDED, ended)
          : with.detail(Grouped.COUNT, count);
    }
  }

  /** Appends the entries of the groups that an earlier process left. */
  public AuditGroups(Database database, AuditLog audit, Clock clock) {
    this(database, audit, clock, MAX_GROUPS);
  }

  AuditGroups(Database database, AuditLog audit, Clock clock, int most) {
    this.most = most;
    this.database = requireNonNull(database);
    this.audit = requireNonNull(audit);
    this.clock = requireNonNull(clock);
    ids = new Ulids(clock);
    database.inTransaction(
        db -> {
          for (Saved left : AuditGroupTable.all(db)) {
            left.event()
                .type()
                .grouped()
                .ifPresent(grouped -> audit.append(db, left.entry(grouped, true, true)));
            AuditGroupTable.remove(db, left.id());
          }
          return true;
        });
  }

  /** Starts to save the groups regularly on a thread of this object. */
  public void start() {
    saver.scheduleWithFixedDelay(this::saveOrLog, SAVE_SECONDS, SAVE_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Begins a viewing.
   *
   * @param event an event of a type that lasts, such as {@code live.viewed}
   * @throws IllegalArgumentException when events of that type do not last
   */
  public Viewing view(AuditEvent event) {
    Grouped grouped = grouped(event, true);
    Group group;
    synchronized (this) {
      group = new Group(ids.next(), event, grouped, now());
      if (groups.size() < most) {
        groups.put(group.id, group);
      }
      group.beginning++;
    }
    begin(group);
    return () -> group.end = now();
  }

  /**
   * Counts an event that happens at once.
   *
   * @param event an event of a type that is grouped, such as {@code snapshot.viewed}; events are
   *     alike when everything but the id of the request is equal
   * @throws IllegalArgumentException when events of that type are not grouped
   */
  public void count(AuditEvent event) {
    Grouped grouped = grouped(event, false);
    Group group;
    synchronized (this) {
      group = counted(event, grouped, now());
      if (group.saved != null) {
        return;
      }
      group.beginning++;
    }
    begin(group);
  }

  /** Returns the group that counts an event, which is counted. */
  private Group counted(AuditEvent event, Grouped grouped, Instant now) {
    AuditEvent common = event.withoutRequest();
    Group known = counting.get(common);
    if (known != null && now.isBefore(known.since.plus(grouped.window()))) {
      known.until = now;
      known.count++;
      return known;
    }
    if (known != null) {
      known.closed = true;
    }
    Group group = new Group(ids.next(), event, grouped, now);
    if (groups.size() < most) {
      groups.put(group.id, group);
      counting.put(common, group);
    }
    return group;
  }

  /** Records an event: in a group where its type is grouped, else in an entry of its own. */
  public void record(AuditEvent event) {
    if (event.type().grouped().isPresent()) {
      count(event);
    } else {
      audit.append(event);
    }
  }

  private static Grouped grouped(AuditEvent event, boolean lasting) {
    return event
        .type()
        .grouped()
        .filter(grouped -> grouped.lasting() == lasting)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "events of type " + event.type().wire() + " are not grouped in this way"));
  }

  /** Writes the row of a group, or its entry where there is no place for the group. */
  private void begin(Group group) {
    Saved state;
    boolean alone;
    synchronized (this) {
      state = group.state();
      alone = !groups.containsKey(group.id);
    }
    if (alone) {
      audit.append(state.entry(group.grouped, true, false));
      return;
    }
    boolean written = false;
    try {
      database.inTransaction(
          db -> {
            AuditGroupTable.put(db, state);
            return true;
          });
      written = true;
    } catch (StoreException e) {
      LOG.error(
          "an event {} by '{}' waits in memory for the database",
          state.event().type().wire(),
          state.event().actor().name(),
          e);
    } finally {
      synchronized (this) {
        group.beginning--;
        group.saved = written ? state : group.saved;
      }
    }
  }

  private void saveOrLog() {
    try {
      save();
    } catch (RuntimeException e) {
      LOG.error("groups of the audit wait in memory for the database", e);
    }
  }

  /** What a save does to a group: its entry, and its next state; null when the group ends. */
  private record Change(Group group, @Nullable AuditEvent entry, @Nullable Saved next) {}

  /**
   * Appends the entries that are due, and writes the present state of the other groups, in one
   * transaction.
   *
   * @throws StoreException when the database fails; the next save writes the same
   */
  public void save() {
    save(false);
  }

  private synchronized void save(boolean all) {
    // The lock is held during the transaction, which is short, so that no count is lost.
    List<Change> changes = new ArrayList<>();
    for (Group group : groups.values()) {
      change(group, all, changes);
    }
    if (changes.isEmpty()) {
      return;
    }
    database.inTransaction(
        db -> {
          for (Change change : changes) {
            write(db, change);
          }
          return true;
        });
    changes.forEach(this::applied);
  }

  private void change(Group group, boolean all, List<Change> changes) {
    if (group.beginning > 0) {
      return;
    }
    Instant now = now();
    Instant end = group.end;
    if (group.grouped.lasting()) {
      group.until = end == null ? now : end;
    }
    boolean due = !now.isBefore(group.since.plus(group.grouped.window()));
    boolean over = group.grouped.lasting() ? end != null : due || group.closed;
    Saved state = group.state();
    if (over || all) {
      changes.add(new Change(group, state.entry(group.grouped, true, false), null));
    } else if (due) {
      changes.add(
          new Change(
              group,
              state.entry(group.grouped, false, false),
              new Saved(state.id(), state.event(), state.until(), state.until(), 1)));
    } else if (!state.equals(group.saved)) {
      changes.add(new Change(group, null, state));
    }
  }

  private void write(Handle db, Change change) {
    if (change.entry() != null) {
      audit.append(db, change.entry());
    }
    if (change.next() == null) {
      AuditGroupTable.remove(db, change.group().id);
    } else {
      AuditGroupTable.put(db, change.next());
    }
  }

  private void applied(Change change) {
    Group group = change.group();
    if (change.next() == null) {
      groups.remove(group.id);
      counting.remove(group.event.withoutRequest(), group);
    } else {
      group.saved = change.next();
      group.since = change.next().since();
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Returns the number of groups of events of a type. */
  public synchronized long groupsOf(AuditEventType type) {
    return groups.values().stream().filter(group -> group.event.type() == type).count();
  }

  /** Returns the number of groups in memory. */
  synchronized int size() {
    return groups.size();
  }

  /** Appends the entries of all groups; viewings end now. */
  @Override
  public void close() {
    saver.shutdownNow();
    try {
      save(true);
    } catch (StoreException e) {
      LOG.error("groups of the audit are lost, or interrupted in the next process", e);
    }
  }
}
