package io.kydai.console.cases;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.cases.ExportedCase.State;
import io.kydai.console.cases.ExportedCase.Wish;
import io.kydai.console.recordings.RecordingLibrary;
import io.kydai.console.store.Database;
import io.kydai.console.store.Ulids;
import io.kydai.streaming.proof.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The cases of a node. Each change is one transaction with its entry of the audit. The methods may
 * be called on any thread that may wait for the disk.
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><td>cases that wait or are being made</td><td>{@value #MOST_WAITING}; a further one is
 *     refused</td></tr>
 * <tr><td>archives</td><td>{@value #MOST_MADE}, and the bytes of the settings; a further case is
 *     refused, or fails by name. None is removed before its time</td></tr>
 * <tr><td>cases in all states</td><td>{@value #MOST}; the oldest without an archive make room, which
 *     the audit keeps</td></tr>
 * </table>
 */
public final class Cases implements AutoCloseable {
  static final int MOST_WAITING = 20;
  static final int MOST_MADE = 500;
  static final int MOST = 2_000;

  private final Database database;
  private final AuditLog audit;
  private final Clock clock;
  private final Ulids ids;
  private final CaseSettings settings;
  private final CaseFolder folder;
  private final CaseExports exports;
  private final CaseLinks links;

  /** How far a case is that is being made. */
  public record Progress(long done, long total) {}

  /**
   * Creates the cases of a database. Nothing is made before {@link #start}.
   *
   * @param key signs manifests
   * @param head returns the newest link of the chain of evidence, as {@code NUMBER:SHA256}
   * @param renderer encodes anew what is not exported as it was recorded
   */
  public Cases(
      Database database,
      AuditLog audit,
      RecordingLibrary recordings,
      SigningKey key,
      Supplier<Optional<String>> head,
      CaseClocks clocks,
      CaseRenderer renderer,
      CaseSettings settings,
      Clock clock) {
    this(
        database,
        audit,
        recordings,
        key,
        head,
        clocks,
        renderer,
        settings,
        clock,
        LockSupport::parkNanos);
  }

  /**
   * @param rest lets the thread that makes cases wait for some nanoseconds
   */
  Cases(
      Database database,
      AuditLog audit,
      RecordingLibrary recordings,
      SigningKey key,
      Supplier<Optional<String>> head,
      CaseClocks clocks,
      CaseRenderer renderer,
      CaseSettings settings,
      Clock clock,
      LongConsumer rest) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
    this.settings = settings;
    ids = new Ulids(clock);
    folder = new CaseFolder(settings.folder());
    exports =
        new CaseExports(
            database,
            audit,
            new CaseArchive(recordings, key, head, clocks, renderer, clock),
            folder,
            settings,
            clock,
            rest);
    links = new CaseLinks(database, audit, clock);
  }

  /** Starts to make what waits. */
  public void start() {
    exports.start();
  }

  /** Returns the links by which cases are downloaded without an account. */
  public CaseLinks links() {
    return links;
  }

  /**
   * Asks for a case.
   *
   * @throws CaseRefusedException when too many wait or are kept
   */
  public ExportedCase ask(Wish wish, Actor actor, RequestOrigin origin) {
    ExportedCase one =
        new ExportedCase(
            ids.next(),
            wish,
            actor.name(),
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            State.QUEUED,
            null,
            null,
            null,
            null,
            null);
    database.inTransaction(
        db -> {
          checkRoom(db);
          CaseTable.insert(db, one);
          audit.append(
              db,
              event(AuditEventType.CASE_ASKED, one, actor, origin)
                  .reason(wish.reason())
                  .detail(
                      "cameras",
                      wish.cameras().stream()
                          .map(camera -> camera.id().value())
                          .collect(Collectors.joining(" ")))
                  .detail("from", wish.from())
                  .detail("to", wish.to())
                  .detail("drawn", drawn(wish))
                  .detail("hidden", hidden(wish)));
          return true;
        });
    exports.wake();
    return one;
  }

  private static @Nullable String drawn(Wish wish) {
    String words = (wish.boxes() ? "boxes " : "") + (wish.clock() ? "clock" : "");
    return words.isEmpty() ? null : words.strip();
  }

  private static @Nullable String hidden(Wish wish) {
    String words =
        wish.cameras().stream()
            .filter(camera -> !camera.hidden().isEmpty())
            .map(camera -> camera.id().value())
            .collect(Collectors.joining(" "));
    return words.isEmpty() ? null : words;
  }

  private void checkRoom(Handle db) {
    if (CaseTable.count(db, State.QUEUED, State.RUNNING) >= MOST_WAITING) {
      throw new CaseRefusedException(
          "There are " + MOST_WAITING + " cases that wait; ask again when some are made.");
    }
    if (CaseTable.count(db, State.DONE) >= MOST_MADE
        || CaseTable.bytes(db) >= settings.mostBytes()) {
      throw new CaseRefusedException("There is no room for another case; delete some first.");
    }
    if (CaseTable.count(db, State.values()) >= MOST) {
      CaseTable.all(db).stream()
          .filter(one -> one.state() == State.EXPIRED || one.state() == State.FAILED)
          .reduce((newer, older) -> older)
          .ifPresent(oldest -> CaseTable.delete(db, oldest.id()));
    }
  }

  static AuditEvent event(
      AuditEventType type, ExportedCase one, Actor actor, RequestOrigin origin) {
    return AuditEvent.of(type, actor, origin)
        .detail("case", one.id())
        .detail("title", one.wish().title());
  }

  /** Returns all cases, the newest first. */
  public List<ExportedCase> list() {
    return database.inSnapshot(CaseTable::all);
  }

  /** Finds a case. */
  public Optional<ExportedCase> find(String id) {
    return database.inSnapshot(db -> CaseTable.find(db, id));
  }

  /** Returns how far a case is; empty where it is not being made. */
  public Optional<Progress> progress(String id) {
    CaseJob job = exports.running();
    return job != null && job.id().equals(id)
        ? Optional.of(new Progress(job.done(), job.total()))
        : Optional.empty();
  }

  /** Returns the archive of a case; empty where there is none. */
  public Optional<Path> file(ExportedCase one) {
    return one.hasArchive(clock.instant())
        ? Optional.of(folder.file(one.id())).filter(Files::isRegularFile)
        : Optional.empty();
  }

  /**
   * Deletes a case with its archive and its links; what is being made of it ends.
   *
   * @return whether it was there
   * @throws UncheckedIOException when the archive cannot be deleted; the next start deletes it
   */
  public boolean delete(String id, Actor actor, RequestOrigin origin) {
    Optional<ExportedCase> deleted =
        database.inTransaction(
            db -> {
              Optional<ExportedCase> one = CaseTable.find(db, id);
              if (one.isPresent()) {
                CaseTable.delete(db, id);
                audit.append(
                    db,
                    event(AuditEventType.CASE_DELETED, one.get(), actor, origin)
                        .detail("state", one.get().state().name().toLowerCase(Locale.ROOT))
                        .detail("sha256", one.get().sha256()));
              }
              return one;
            });
    exports.end(id);
    if (deleted.isPresent()) {
      try {
        folder.delete(id);
      } catch (IOException e) {
        throw new UncheckedIOException("case " + id + ": its archive cannot be deleted", e);
      }
    }
    return deleted.isPresent();
  }

  /** Removes archives that are over; the thread does it every minute. */
  void expire() {
    exports.expire();
  }

  @Override
  public void close() {
    exports.close();
  }
}
