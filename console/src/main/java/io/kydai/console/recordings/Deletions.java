package io.kydai.console.recordings;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.store.Database;
import io.kydai.streaming.proof.ChainFiles;
import io.kydai.streaming.proof.Sha256;
import io.kydai.streaming.proof.SigningKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The chain of signed records of what retention deleted. That a file was deleted is committed with
 * its leaving the index ({@link RecordingTable#release}); the record that lists it, and signs the
 * list, is made when {@value #MANY} files wait for one or the first has waited for an hour, with an
 * entry of the audit that names it. Safe for many threads.
 *
 * <p>Bounds: a record lists at most {@value #MOST_IN_A_RECORD} files. The lists of the newest
 * {@value #MOST_FILES} files are kept (50 days of 64 cameras), and the newest {@value
 * #MOST_RECORDS} records, one an hour for eleven years. What leaves is said by the record that is
 * made in the same transaction, so that nobody else can remove something unseen.
 */
public final class Deletions {
  static final int MANY = 1_000;
  static final int MOST_IN_A_RECORD = 4_096;
  static final int MOST_FILES = 1_000_000;
  static final int MOST_RECORDS = 100_000;
  static final Duration PATIENCE = Duration.ofHours(1);

  private final Database database;
  private final SigningKey key;
  private final AuditLog audit;
  private final Clock clock;
  private final long mostFiles;
  private final long mostRecords;

  public Deletions(Database database, SigningKey key, AuditLog audit, Clock clock) {
    this(database, key, audit, clock, MOST_FILES, MOST_RECORDS);
  }

  Deletions(
      Database database,
      SigningKey key,
      AuditLog audit,
      Clock clock,
      long mostFiles,
      long mostRecords) {
    this.database = requireNonNull(database);
    this.key = requireNonNull(key);
    this.audit = requireNonNull(audit);
    this.clock = requireNonNull(clock);
    this.mostFiles = mostFiles;
    this.mostRecords = mostRecords;
  }

  /**
   * Makes the record that is due, if one is.
   *
   * @return whether one was made
   */
  public boolean sealDue() {
    Optional<DeletedFileTable.Pending> pending =
        database.inSnapshot(db -> DeletedFileTable.pending(db, MOST_IN_A_RECORD));
    boolean due =
        pending.isPresent()
            && (pending.get().files() >= MANY
                || !clock.instant().isBefore(pending.get().since().plus(PATIENCE)));
    return due && database.inTransaction(this::seal);
  }

  private boolean seal(Handle db) {
    Optional<DeletedFileTable.Pending> pending = DeletedFileTable.pending(db, MOST_IN_A_RECORD);
    if (pending.isEmpty()) {
      return false;
    }
    Optional<DeletionRecord> last = DeletionTable.newest(db);
    long number = last.map(DeletionRecord::number).orElse(0L) + 1;
    DeletedFileTable.assign(db, pending.get().until(), number);
    List<DeletedFile> files = DeletedFileTable.of(db, number);
    DeletionDocument before = last.map(one -> DeletionDocument.read(one.document())).orElse(null);
    long thinned = before == null ? 0 : before.listsFrom() - 1;
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    DeletionDocument document =
        new DeletionDocument(
            number,
            last.map(DeletionRecord::sha256).orElse(ChainFiles.GENESIS),
            key.fingerprint(),
            now,
            files.size(),
            DeletionDocument.list(files),
            DeletedFileTable.thin(db, mostFiles, thinned) + 1,
            Math.max(1, number - mostRecords + 1));
    String text = document.text(files);
    byte[] bytes = text.getBytes(US_ASCII);
    DeletionRecord record =
        new DeletionRecord(
            number,
            now,
            Sha256.hex(bytes),
            text,
            Base64.getEncoder().encodeToString(key.sign(bytes)));
    DeletionTable.insert(db, record);
    DeletionTable.removeBefore(db, document.recordsFrom());
    audit.append(
        db,
        AuditEvent.of(AuditEventType.RECORDINGS_DELETED, Actor.SYSTEM, RequestOrigin.NONE)
            .detail("record", number)
            .detail("sha256", record.sha256())
            .detail("files", files.size())
            .detail("bytes", files.stream().mapToLong(DeletedFile::bytes).sum()));
    return true;
  }
}
