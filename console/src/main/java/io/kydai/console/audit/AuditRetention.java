package io.kydai.console.audit;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.concurrent.NamedThreadFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the entries that are older than the configuration's {@code audit.keep}, at the start and
 * every hour. The newest entry is always one that was kept or the checkpoint of the removal.
 */
public final class AuditRetention implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditRetention.class);

  private final AuditLog audit;
  private final Duration keep;
  private final Clock clock;
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, NamedThreadFactory.of("audit-retention"));

  /**
   * Creates the retention.
   *
   * @param keep the time for which entries are kept
   */
  public AuditRetention(AuditLog audit, Duration keep, Clock clock) {
    this.audit = requireNonNull(audit);
    this.keep = requireNonNull(keep);
    this.clock = requireNonNull(clock);
  }

  /** Starts to remove entries on a thread of this object. */
  public void start() {
    timer.scheduleWithFixedDelay(this::run, 0, 1, TimeUnit.HOURS);
  }

  /** Removes what is too old; a fault of the database is logged, and the next run tries again. */
  void run() {
    try {
      long removed = audit.removeBefore(clock.instant().minus(keep));
      if (removed > 0) {
        LOG.info(
            "removed {} entries of the audit that are older than {} days", removed, keep.toDays());
      }
    } catch (RuntimeException e) {
      LOG.error("the oldest entries of the audit cannot be removed", e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
