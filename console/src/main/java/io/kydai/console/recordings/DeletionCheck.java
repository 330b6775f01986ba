package io.kydai.console.recordings;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.console.audit.AuditEntry;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.store.Database;
import io.kydai.streaming.proof.ChainFiles;
import io.kydai.streaming.proof.Sha256;
import io.kydai.streaming.proof.SignatureCheck;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds the records of deleted recordings against their signatures, their chain, their lists and
 * the audit, whose newest entry of them names a record that must be there. Records are read in
 * pages of {@value #PAGE}. To be used once.
 */
public final class DeletionCheck {
  private static final int PAGE = 500;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Database database;
  private final AuditLog audit;
  private final SignatureCheck signatures;
  private final BiConsumer<Long, String> faults;
  private long records;
  private long files;
  private long faultCount;

  /**
   * What was looked at.
   *
   * @param newest the number of the newest record; 0 where there is none
   * @param head its digest; null where there is none
   */
  public record Outcome(
      long records, long files, long faults, long newest, @Nullable String head) {}

  /**
   * @param faults is told of each fault, with the number of the record
   */
  public DeletionCheck(
      Database database,
      AuditLog audit,
      SignatureCheck signatures,
      BiConsumer<Long, String> faults) {
    this.database = requireNonNull(database);
    this.audit = requireNonNull(audit);
    this.signatures = requireNonNull(signatures);
    this.faults = requireNonNull(faults);
  }

  private void fault(long number, String what) {
    faultCount++;
    faults.accept(number, what);
  }

  /** Looks at every record and every listed file. */
  public Outcome run() {
    DeletionRecord newest = database.inSnapshot(DeletionTable::newest).orElse(null);
    DeletionDocument said = newest == null ? null : DeletionDocument.read(newest.document());
    long expected = said == null ? 1 : said.recordsFrom();
    long listsFrom = said == null ? 1 : said.listsFrom();
    String previous = expected == 1 ? ChainFiles.GENESIS : null;
    long last = 0;
    List<DeletionRecord> page = page(0);
    while (!page.isEmpty()) {
      for (DeletionRecord record : page) {
        if (record.number() > expected) {
          fault(expected, missing(expected, record.number() - 1));
          previous = null;
        }
        check(record, previous, record.number() >= listsFrom);
        previous = record.sha256();
        last = record.number();
        expected = last + 1;
      }
      page = page(last);
    }
    checkNewest(last);
    return new Outcome(records, files, faultCount, last, previous);
  }

  private List<DeletionRecord> page(long after) {
    return database.inSnapshot(db -> DeletionTable.after(db, after, PAGE));
  }

  private static String missing(long first, long last) {
    return first == last ? "is missing" : "and those up to " + last + " are missing";
  }

  private void check(DeletionRecord record, @Nullable String previous, boolean isListKept) {
    records++;
    long number = record.number();
    byte[] bytes = record.document().getBytes(US_ASCII);
    DeletionDocument document = DeletionDocument.read(record.document());
    if (document == null || document.number() != number) {
      fault(number, "is not the document of a record with this number");
      return;
    }
    if (!Sha256.hex(bytes).equals(record.sha256())) {
      fault(number, "was changed: it has not the digest that it had");
    }
    switch (signatures.verdict(document.key(), bytes, signature(record))) {
      case RIGHT -> {}
      case WRONG -> fault(number, "was changed: its signature is wrong");
      case UNKNOWN_KEY -> fault(number, "is signed by a key that is not known: " + document.key());
    }
    if (previous != null && !document.previous().equals(previous)) {
      fault(number, "does not follow the record before it, which was changed or replaced");
    }
    if (isListKept) {
      List<DeletedFile> listed = database.inSnapshot(db -> DeletedFileTable.of(db, number));
      files += listed.size();
      if (listed.size() != document.files()) {
        fault(number, "lists %d files and not %d".formatted(listed.size(), document.files()));
      } else if (!DeletionDocument.list(listed).equals(document.list())) {
        fault(number, "lists other files than were signed");
      }
    }
  }

  private static byte[] signature(DeletionRecord record) {
    try {
      return Base64.getDecoder().decode(record.signature());
    } catch (IllegalArgumentException e) {
      return new byte[0]; // which is no signature of anything
    }
  }

  /** What is told of newer records than the newest: by files that they list, and by the audit. */
  private void checkNewest(long last) {
    long listed = database.inSnapshot(DeletedFileTable::newestRecord);
    if (listed > last) {
      fault(listed, "is missing, and files say that it lists them");
    }
    List<AuditEntry> entries =
        audit
            .list(
                new AuditFilter(
                    null, null, null, AuditEventType.RECORDINGS_DELETED, null, null, 1, null))
            .entries();
    if (!entries.isEmpty()) {
      long told = record(entries.get(0));
      if (told > last) {
        fault(told, "is missing, and the audit tells of it");
      }
    }
  }

  private static long record(AuditEntry entry) {
    try {
      return JSON.readTree(entry.details()).path("record").asLong();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
