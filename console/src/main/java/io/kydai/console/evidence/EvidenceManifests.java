package io.kydai.console.evidence;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.alert.AlertId;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportListener;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.store.StoreException;
import io.kydai.ingest.concurrent.NamedThreadFactory;
import io.kydai.streaming.evidence.EvidenceFolder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a manifest when an alert's evidence is complete, and a further one when it changed. It
 * hears of reports and works on a thread of its own.
 *
 * <ul>
 *   <li>Evidence is complete when its observations are there, which come last, or {@link #PATIENCE}
 *       after the report came in. Changes that come together make one manifest.
 *   <li>What fails is tried again every second; the first failure is logged.
 *   <li>At the start the evidence of the newest {@value #DAYS} days is looked through: what lacks a
 *       manifest gets it, marked as of the start, and a manifest that is missing on the disk is
 *       written again.
 *   <li>{@value #MAX_WAITING} alerts may wait; a further one is logged and gets its manifest at the
 *       next start.
 * </ul>
 */
public final class EvidenceManifests implements ReportListener, AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(120);
  static final Duration SETTLING = Duration.ofSeconds(1);
  static final int MAX_WAITING = 4_096;
  private static final int DAYS = 7;
  private static final long CLOSING_MILLIS = 1_000;
  private static final String LAST_FILE = "observations.json";
  private static final Logger LOG = LoggerFactory.getLogger(EvidenceManifests.class);

  private final ManifestChain chain;
  private final EvidenceFolder folder;
  private final AlertContexts contexts;
  private final Clock clock;
  private final Map<AlertId, Waiting> waiting = new LinkedHashMap<>();

  /** What held when an alert came in, for manifests that are written of it later. */
  private final Map<AlertId, AlertContext> opened =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<AlertId, AlertContext> eldest) {
          return size() > MAX_WAITING;
        }
      };

  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, NamedThreadFactory.of("evidence-manifests"));
  private boolean failing;
  private int late;

  private record Waiting(Report report, Instant due) {}

  /** Creates the writer, which begins with {@link #start}. */
  public EvidenceManifests(
      ManifestChain chain, EvidenceFolder folder, AlertContexts contexts, Clock clock) {
    this.chain = requireNonNull(chain);
    this.folder = requireNonNull(folder);
    this.contexts = requireNonNull(contexts);
    this.clock = requireNonNull(clock);
  }

  /** Starts to write manifests; what an earlier process left out comes first. */
  public void start(ReportQueue reports) {
    List<AlertId> earlier = folder.alerts(DAYS);
    thread.execute(() -> catchUp(earlier, reports));
    thread.scheduleWithFixedDelay(this::writeDue, 1, 1, TimeUnit.SECONDS);
  }

  @Override
  public void onReport(Report report) {
    AlertId alert = report.origin().alert();
    synchronized (waiting) {
      opened.computeIfAbsent(alert, id -> contexts.of(report.origin()));
      if (report.evidence().isEmpty()) {
        return;
      }
      if (!waiting.containsKey(alert) && waiting.size() >= MAX_WAITING) {
        LOG.error("alert {} gets its manifest at the next start: too many wait", alert);
        return;
      }
      waiting.put(alert, new Waiting(report, due(report)));
    }
  }

  private Instant due(Report report) {
    boolean complete = report.evidence().stream().anyMatch(item -> item.name().equals(LAST_FILE));
    Instant soon = clock.instant().plus(SETTLING);
    Instant late = report.times().receivedAt().plus(PATIENCE);
    return complete || late.isBefore(soon) ? soon : late;
  }

  /** Writes the manifests that are due. */
  void writeDue() {
    write(clock.instant());
  }

  private void write(Instant until) {
    List<Report> due = new ArrayList<>();
    synchronized (waiting) {
      for (Waiting one : waiting.values()) {
        if (!one.due().isAfter(until)) {
          due.add(one.report());
        }
      }
    }
    for (Report report : due) {
      if (!seal(report, false)) {
        return;
      }
      synchronized (waiting) {
        Waiting now = waiting.get(report.origin().alert());
        if (now != null && now.report() == report) {
          waiting.remove(report.origin().alert());
        }
      }
    }
  }

  /** Returns whether the manifest is written, or need not be. */
  private boolean seal(Report report, boolean atStart) {
    AlertId alert = report.origin().alert();
    AlertContext context;
    synchronized (waiting) {
      AlertContext then = opened.get(alert);
      context = then != null ? then : contexts.of(report.origin());
    }
    try {
      boolean written = chain.seal(report, context, atStart);
      if (written && atStart) {
        late++;
      } else if (!written && failing) {
        // A file that could not be written at the last attempt is in the chain already.
        chain.restore(alert);
      }
      failing = false;
      return true;
    } catch (IOException | StoreException e) {
      if (!failing) {
        LOG.error("the manifest of alert {} cannot be written, and waits: {}", alert, e.toString());
      }
      failing = true;
      return false;
    } catch (RuntimeException e) {
      LOG.error("the manifest of alert {} cannot be made", alert, e);
      return true;
    }
  }

  /** Writes what an earlier process left out. */
  void catchUp(List<AlertId> earlier, ReportQueue reports) {
    try {
      chain.restoreDeletions();
      for (AlertId alert : earlier) {
        chain.restore(alert);
        Optional<Report> report = reports.ofAlert(alert);
        if (report.isPresent()) {
          seal(report.get(), true);
        }
      }
      if (late > 0) {
        LOG.warn("the evidence of {} alerts had no manifest of its state, and has one now", late);
      }
      chain.head().ifPresent(head -> LOG.info("the newest manifest of the evidence is {}", head));
    } catch (IOException | RuntimeException e) {
      LOG.error("the manifests of earlier evidence cannot be looked through", e);
    }
  }

  /** Writes what waits, for at most a second; the rest gets its manifests at the next start. */
  @Override
  public void close() {
    thread.execute(() -> write(Instant.MAX));
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSING_MILLIS, TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
