package io.kydai.console.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.console.store.Database;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One verification of the chain: every entry has the next number, the hash of the entry before, and
 * the hash of its content. Where the chain does not begin with entry 1, a checkpoint in it must
 * name the entry before the first and its hash.
 *
 * <p>Entries are read in pages of {@value AuditLog#BATCH}, each in a snapshot of its own, so that a
 * long verification does not keep the database from cleaning up. Entries that the retention removes
 * meanwhile make it start again.
 */
final class ChainCheck {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_RESTARTS = 10;

  private final Database database;
  private long entries;
  private long first;
  private String before = AuditEntry.GENESIS;
  private boolean anchored;
  private AuditTable.Link last = AuditTable.Link.GENESIS;

  ChainCheck(Database database) {
    this.database = database;
  }

  Verification run() {
    for (int restarts = 0; ; restarts++) {
      begin();
      String fault = walk();
      if (fault == null || restarts == MAX_RESTARTS || !removedMeanwhile()) {
        return new Verification(entries, first, last.number(), last.hash(), fault);
      }
    }
  }

  private void begin() {
    entries = 0;
    first = 0;
    before = AuditEntry.GENESIS;
    anchored = false;
    last = AuditTable.Link.GENESIS;
  }

  /** Returns whether the entries at which this check began are no longer the oldest ones. */
  private boolean removedMeanwhile() {
    return first > 0
        && database.inSnapshot(AuditTable::oldest).filter(oldest -> oldest > first).isPresent();
  }

  private @Nullable String walk() {
    while (true) {
      long from = last.number();
      List<AuditEntry> page = database.inSnapshot(db -> AuditTable.after(db, from, AuditLog.BATCH));
      for (AuditEntry entry : page) {
        String fault = fault(entry);
        if (fault != null) {
          return "entry " + entry.number() + ": " + fault;
        }
        last = new AuditTable.Link(entry.number(), entry.hash());
        entries++;
      }
      if (page.size() < AuditLog.BATCH) {
        return anchored || entries == 0
            ? null
            : "entry "
                + first
                + ": it is the oldest, and no checkpoint says that those before were removed";
      }
    }
  }

  private @Nullable String fault(AuditEntry entry) {
    if (first == 0) {
      first = entry.number();
      before = entry.previous();
      anchored = first == 1 && before.equals(AuditEntry.GENESIS);
    } else if (entry.number() != last.number() + 1) {
      return "entry " + (last.number() + 1) + " is missing before it";
    } else if (!entry.previous().equals(last.hash())) {
      return "its previous hash is not that of the entry before";
    }
    try {
      if (!entry.computedHash().equals(entry.hash())) {
        return "its content does not have its hash";
      }
    } catch (IllegalArgumentException e) {
      return "its previous hash is not a hash";
    }
    anchored = anchored || anchors(entry);
    return null;
  }

  /** Returns whether an entry is the checkpoint of the removal of all before the first one. */
  private boolean anchors(AuditEntry entry) {
    if (!entry.type().equals(AuditEventType.AUDIT_CHECKPOINT.wire())) {
      return false;
    }
    try {
      JsonNode details = JSON.readTree(entry.details());
      return details.path("through").asLong() == first - 1
          && details.path("hash").asText().equals(before);
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
