package io.kydai.console.cases;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.cases.ExportedCase.Failure;
import io.kydai.console.cases.ExportedCase.State;
import io.kydai.console.store.Database;
import io.kydai.console.store.StoreException;
import io.kydai.ingest.concurrent.NamedThreadFactory;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the archives of cases one after the other on one thread of the lowest priority, and removes
 * those that were kept as long as they had to be. Which case is next, is in the database: a case
 * that was being made when the node ended begins again at the next start, {@value #ATTEMPTS} times
 * at most.
 */
final class CaseExports implements AutoCloseable {
  static final int ATTEMPTS = 3;
  private static final long CLOSING_SECONDS = 2;
  private static final long EXPIRY_MINUTES = 1;
  private static final Logger LOG = LoggerFactory.getLogger(CaseExports.class);

  private final Database database;
  private final AuditLog audit;
  private final CaseArchive archive;
  private final CaseFolder folder;
  private final CaseSettings settings;
  private final Clock clock;
  private final LongConsumer rest;
  private final ScheduledThreadPoolExecutor thread;
  private volatile @Nullable CaseJob running;
  private volatile boolean started;
  private volatile boolean closing;

  CaseExports(
      Database database,
      AuditLog audit,
      CaseArchive archive,
      CaseFolder folder,
      CaseSettings settings,
      Clock clock,
      LongConsumer rest) {
    this.database = database;
    this.audit = audit;
    this.archive = archive;
    this.folder = folder;
    this.settings = settings;
    this.clock = clock;
    this.rest = rest;
    thread = new ScheduledThreadPoolExecutor(1, lowPriority());
  }

  private static ThreadFactory lowPriority() {
    NamedThreadFactory names = NamedThreadFactory.of("case-exports");
    return task -> {
      Thread made = names.newThread(task);
      made.setPriority(Thread.MIN_PRIORITY);
      return made;
    };
  }

  /** Begins with what an earlier process left. */
  void start() {
    started = true;
    int again = database.inTransaction(CaseTable::requeue);
    if (again > 0) {
      LOG.warn("{} cases were being made when the node ended, and are begun again", again);
    }
    thread.execute(this::clean);
    thread.scheduleWithFixedDelay(this::look, 0, EXPIRY_MINUTES, TimeUnit.MINUTES);
  }

  private void clean() {
    try {
      folder.clean(
          database.inSnapshot(db -> CaseTable.of(db, State.DONE)).stream()
              .map(ExportedCase::id)
              .toList());
    } catch (IOException | StoreException e) {
      LOG.error("the folder of cases cannot be looked through", e);
    }
  }

  /** Lets the thread look for cases that wait, once it is started. */
  void wake() {
    if (!started) {
      return;
    }
    try {
      thread.execute(this::work);
    } catch (RejectedExecutionException e) {
      LOG.debug("the next start makes what waits", e);
    }
  }

  private void look() {
    expire();
    work();
  }

  private void work() {
    try {
      // This thread alone makes cases: one that is said to be made was left by a fault.
      if (database.inSnapshot(db -> CaseTable.count(db, State.RUNNING)) > 0) {
        database.inTransaction(CaseTable::requeue);
      }
      Optional<ExportedCase> next = next();
      while (next.isPresent() && !closing) {
        make(next.get());
        expire();
        next = next();
      }
    } catch (RuntimeException e) {
      LOG.error("cases wait; they are looked at again in {} minutes", EXPIRY_MINUTES, e);
    }
  }

  private Optional<ExportedCase> next() {
    return database.inSnapshot(db -> CaseTable.of(db, State.QUEUED)).stream().findFirst();
  }

  private void make(ExportedCase one) {
    Optional<Integer> attempts = database.inTransaction(db -> CaseTable.begin(db, one.id()));
    if (attempts.isEmpty()) {
      return; // It was deleted since.
    }
    if (attempts.get() > ATTEMPTS) {
      failed(one, Failure.INTERRUPTED);
      return;
    }
    try {
      folder.open();
      long kept = database.inSnapshot(CaseTable::bytes);
      CaseJob job =
          new CaseJob(
              one.id(), settings.mostBytes() - kept, settings.leastFree(), settings.folder(), rest);
      running = job;
      if (closing || database.inSnapshot(db -> CaseTable.find(db, one.id())).isEmpty()) {
        return;
      }
      CaseArchive.Made made =
          archive.make(one, folder.file(one.id()), folder.partial(one.id()), job);
      done(one, made);
    } catch (CaseJob.EndedException e) {
      LOG.info("case {} is not made any further", one.id());
    } catch (CaseJob.BoundException e) {
      failed(one, e.failure());
    } catch (IOException e) {
      LOG.error("case {} cannot be made", one.id(), e);
      failed(one, Failure.DISK_ERROR);
    } finally {
      running = null;
    }
  }

  private void done(ExportedCase one, CaseArchive.Made made) throws IOException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    boolean wanted =
        database.inTransaction(
            db -> {
              boolean there =
                  CaseTable.done(
                      db, one.id(), now, now.plus(settings.keep()), made.size(), made.sha256());
              if (there) {
                audit.append(
                    db,
                    byItself(AuditEventType.CASE_MADE, one)
                        .detail("size", made.size())
                        .detail("sha256", made.sha256()));
              }
              return there;
            });
    if (!wanted) {
      folder.delete(one.id());
    }
  }

  private void failed(ExportedCase one, Failure failure) {
    Instant now = clock.instant();
    LOG.warn("case {} failed: {}", one.id(), failure);
    database.inTransaction(
        db -> {
          boolean there = CaseTable.failed(db, one.id(), now, failure);
          if (there) {
            audit.append(
                db,
                byItself(AuditEventType.CASE_FAILED, one)
                    .detail("cause", failure.name().toLowerCase(Locale.ROOT).replace('_', '-')));
          }
          return there;
        });
  }

  private static AuditEvent byItself(AuditEventType type, ExportedCase one) {
    return AuditEvent.of(type, Actor.SYSTEM, RequestOrigin.NONE)
        .detail("case", one.id())
        .detail("title", one.wish().title());
  }

  /** Removes the archives that were kept as long as they had to be, and says so. */
  void expire() {
    try {
      Instant now = clock.instant();
      for (ExportedCase one : database.inSnapshot(db -> CaseTable.of(db, State.DONE))) {
        if (!one.hasArchive(now)) {
          expire(one);
        }
      }
    } catch (RuntimeException e) {
      LOG.error("cases that are over stay for {} more minutes", EXPIRY_MINUTES, e);
    }
  }

  /** The file goes first: where it cannot, the case is still looked at the next time. */
  private void expire(ExportedCase one) {
    LOG.info("case {} was kept until {}, and its archive is removed", one.id(), one.expiresAt());
    try {
      folder.delete(one.id());
    } catch (IOException e) {
      LOG.error("the archive of case {} cannot be removed, and stays", one.id(), e);
      return;
    }
    database.inTransaction(
        db -> {
          boolean expired = CaseTable.expired(db, one.id());
          if (expired) {
            audit.append(
                db, byItself(AuditEventType.CASE_EXPIRED, one).detail("sha256", one.sha256()));
          }
          return expired;
        });
  }

  /** Returns the case that is being made; null where none is. */
  @Nullable CaseJob running() {
    return running;
  }

  /** Ends the making of a case, where it is the one that is being made. */
  void end(String id) {
    CaseJob job = running;
    if (job != null && job.id().equals(id)) {
      job.end();
    }
  }

  /** What is being made begins again at the next start. */
  @Override
  public void close() {
    closing = true;
    CaseJob job = running;
    if (job != null) {
      job.end();
    }
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
