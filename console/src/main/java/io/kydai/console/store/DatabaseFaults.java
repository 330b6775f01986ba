package io.kydai.console.store;

import static java.util.Objects.requireNonNullElse;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is wrong with the database now. Each fault is logged when it comes and when it goes, not
 * each time that it is met. Any thread.
 *
 * <ul>
 *   <li>A failed transaction that writes: until one is committed again.
 *   <li>Damage: until the node is started again, since only what is met of it fails.
 *   <li>A file that was deleted or exchanged: until it is back.
 * </ul>
 */
final class DatabaseFaults {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseFaults.class);

  private final Path file;
  private final AtomicLong failures = new AtomicLong();
  private String strayed = "";
  private String damage = "";
  private String writing = "";

  DatabaseFaults(Path file) {
    this.file = file;
  }

  /** A transaction failed, or reading did. */
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
      if (writing.isEmpty() && damage.isEmpty() && strayed.isEmpty()) {
        LOG.error("{}; what is to be written waits, and is tried again", sentence(failure.words()));
      }
      writing = failure.words();
    }
  }

  /** A transaction was not even tried, since the files have strayed. */
  void refused() {
    failures.incrementAndGet();
  }

  synchronized void committed() {
    if (!writing.isEmpty()) {
      LOG.info("the database {} is written to again", file);
      writing = "";
    }
  }

  /**
   * @param words what is wrong with the files; null when nothing is
   */
  synchronized void looked(@Nullable String words) {
    if (words != null && strayed.isEmpty()) {
      LOG.error("{}", sentence(words));
    } else if (words == null && !strayed.isEmpty()) {
      LOG.info("the database {} is back in its place", file);
    }
    strayed = requireNonNullElse(words, "");
  }

  /** Whether a commit is needed to know that the database is well again. */
  synchronized boolean writingFailed() {
    return !writing.isEmpty();
  }

  synchronized Optional<String> current() {
    return Optional.of(strayed.isEmpty() ? damage.isEmpty() ? writing : damage : strayed)
        .filter(words -> !words.isEmpty())
        .map(this::sentence);
  }

  long failures() {
    return failures.get();
  }

  String sentence(String words) {
    return "the database " + file + " failed: " + words;
  }
}
