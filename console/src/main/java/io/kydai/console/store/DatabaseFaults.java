package io.kydai.console.store;

import static java.util.Objects.requireNonNullElse;

import io.kydai.console.store.engine.DatabaseEngine;
import io.kydai.console.store.engine.StoreFailure;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The present faults of the database. Each fault is logged when it begins and when it ends, not at
 * each failure. The methods may be called on any thread.
 *
 * <ul>
 *   <li>A failed writing transaction is a fault until one is committed again.
 *   <li>Damage is a fault until the node is restarted, since only statements that read a damaged
 *       part fail.
 *   <li>A fault of the engine, such as a deleted or replaced file, lasts until the engine ends it.
 * </ul>
 */
final class DatabaseFaults {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseFaults.class);

  private final String name;
  private final AtomicLong failures = new AtomicLong();
  private String engineFault = "";
  private String damage = "";
  private String writing = "";

  DatabaseFaults(String name) {
    this.name = name;
  }

  /**
   * Records the failure of a transaction.
   *
   * @param writes whether it was a writing transaction
   */
  synchronized void failed(StoreFailure failure, boolean writes) {
    if (failure.kind() == StoreFailure.Kind.STATEMENT) {
      return;
    }
    failures.incrementAndGet();
    if (failure.kind() == StoreFailure.Kind.DAMAGE) {
      if (damage.isEmpty()) {
        LOG.error("{}", sentence(failure.words()));
      }
      damage = failure.words();
    }
    if (writes) {
      if (writing.isEmpty() && damage.isEmpty() && engineFault.isEmpty()) {
        LOG.error("{}; reports wait, and writing is tried again", sentence(failure.words()));
      }
      writing = failure.words();
    }
  }

  /** Records a transaction that was refused because of {@link DatabaseEngine#fault}. */
  void refused() {
    failures.incrementAndGet();
  }

  /** Records a committed transaction, which ends a fault of writing. */
  synchronized void committed() {
    if (!writing.isEmpty()) {
      LOG.info("the database {} can be written again", name);
      writing = "";
    }
  }

  /**
   * Records the result of a check of the engine.
   *
   * @param words the fault with a remedy; null when there is none
   */
  synchronized void checked(@Nullable String words) {
    if (words != null && engineFault.isEmpty()) {
      LOG.error("{}", sentence(words));
    } else if (words == null && !engineFault.isEmpty()) {
      LOG.info("the database {} is back", name);
    }
    engineFault = requireNonNullElse(words, "");
  }

  /** Returns whether writing failed and no transaction was committed since. */
  synchronized boolean writingFailed() {
    return !writing.isEmpty();
  }

  /** Returns the most important present fault as a sentence; empty when there is none. */
  synchronized Optional<String> current() {
    return Optional.of(engineFault.isEmpty() ? damage.isEmpty() ? writing : damage : engineFault)
        .filter(words -> !words.isEmpty())
        .map(this::sentence);
  }

  /** Returns the number of failed and refused transactions. */
  long failures() {
    return failures.get();
  }

  /** Returns a sentence about the database with a reason. */
  String sentence(String words) {
    return "the database " + name + " failed: " + words;
  }
}
