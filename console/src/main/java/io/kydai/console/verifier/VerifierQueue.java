package io.kydai.console.verifier;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.alert.AlertId;
import io.kydai.console.config.VerifierConfig;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportId;
import io.kydai.console.reports.ReportListener;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.reports.ReportState;
import io.kydai.console.reports.UnknownReportException;
import io.kydai.ingest.concurrent.NamedThreadFactory;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.evidence.EvidenceItem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a verifier look at the pictures of reports that the desk has to check, one after another, at
 * most so many in a minute, outside any transaction of the report queue. Its only effect is a row
 * beside the report.
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><td>reports that wait</td><td>{@value #MAX_WAITING}; when it is full, a further report is
 *     not described</td></tr>
 * <tr><td>reports that are known to have been queued</td><td>the newest {@value #MAX_KNOWN}</td></tr>
 * <tr><td>attempts</td><td>one; what failed is not described</td></tr>
 * </table>
 *
 * <p>What waits is not kept over a restart: such a report is not described.
 */
public final class VerifierQueue implements ReportListener, AutoCloseable {
  static final int MAX_WAITING = 200;
  private static final int MAX_KNOWN = 5_000;
  private static final String PICTURE = "snapshot.jpg";
  private static final long CLOSE_SECONDS = 3;
  private static final Set<ReportState> TO_CHECK =
      Set.of(ReportState.RECEIVED, ReportState.SECOND_REVIEW);
  private static final Logger LOG = LoggerFactory.getLogger(VerifierQueue.class);

  private final VerifierConfig config;
  private final Questions questions;
  private final Verifier verifier;
  private final ReportQueue reports;
  private final BiFunction<AlertId, String, Optional<Path>> evidence;
  private final BiFunction<CameraId, byte[], byte[]> leaving;
  private final Clock clock;
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, NamedThreadFactory.of("verifier"));
  private final Counter described;
  private final Counter dropped;
  private final Counter skipped;
  private final Counter failed;
  private final Counter garbled;
  private final Timer time;

  private final Queue<ReportId> waiting = new ArrayDeque<>();
  private final Map<ReportId, Boolean> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ReportId, Boolean> eldest) {
          return size() > MAX_KNOWN;
        }
      };

  /** What the last attempt came to, so that a server that is away is logged once. */
  private volatile @Nullable String lastFault;

  /**
   * Creates a queue, which {@link #start} starts.
   *
   * @param evidence finds a file of an alert's evidence by its name
   * @param leaving hides on a camera's picture what may not leave the node
   */
  public VerifierQueue(
      VerifierConfig config,
      Verifier verifier,
      ReportQueue reports,
      BiFunction<AlertId, String, Optional<Path>> evidence,
      BiFunction<CameraId, byte[], byte[]> leaving,
      Clock clock,
      MeterRegistry metrics) {
    this.config = requireNonNull(config);
    this.questions = new Questions(config);
    this.verifier = requireNonNull(verifier);
    this.reports = requireNonNull(reports);
    this.evidence = requireNonNull(evidence);
    this.leaving = requireNonNull(leaving);
    this.clock = requireNonNull(clock);
    described = counter(metrics, "described");
    dropped = counter(metrics, "dropped");
    skipped = counter(metrics, "skipped");
    failed = counter(metrics, "failed");
    garbled = counter(metrics, "garbled");
    time =
        Timer.builder("kydai.console.verifier.look")
            .description("Time of a question to the second-stage verifier")
            .register(metrics);
    Gauge.builder("kydai.console.verifier.waiting", this, VerifierQueue::waiting)
        .description("Reports that wait for the second-stage verifier")
        .register(metrics);
  }

  private static Counter counter(MeterRegistry metrics, String outcome) {
    return Counter.builder("kydai.console.verifier.reports")
        .description("Reports that a second-stage verifier described, or did not")
        .tag("outcome", outcome)
        .register(metrics);
  }

  /** Starts to ask. */
  public void start() {
    long every = Duration.ofMinutes(1).toMillis() / config.perMinute();
    timer.scheduleWithFixedDelay(this::next, every, every, TimeUnit.MILLISECONDS);
  }

  int waiting() {
    synchronized (waiting) {
      return waiting.size();
    }
  }

  @Override
  public void onReport(Report report) {
    if (!wanted(report) || picture(report).isEmpty()) {
      return;
    }
    synchronized (waiting) {
      if (known.putIfAbsent(report.id(), true) != null) {
        return;
      }
      if (waiting.size() < MAX_WAITING) {
        waiting.add(report.id());
        return;
      }
    }
    dropped.increment();
  }

  private boolean wanted(Report report) {
    return TO_CHECK.contains(report.handling().state())
        && (config.types().isEmpty() || config.types().contains(report.origin().type()));
  }

  private static Optional<EvidenceItem> picture(Report report) {
    return report.evidence().stream().filter(item -> item.name().equals(PICTURE)).findFirst();
  }

  /**
   * Takes the report that waits longest, and has it looked at. Nothing happens where none waits.
   */
  void next() {
    ReportId id;
    synchronized (waiting) {
      id = waiting.poll();
    }
    if (id == null) {
      return;
    }
    try {
      look(id);
      lastFault = null;
    } catch (VerifierException e) {
      (e.reason() == VerifierException.Reason.GARBLED ? garbled : failed).increment();
      fault(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (UnknownReportException e) {
      // It was removed meanwhile.
      skipped.increment();
    } catch (IOException | RuntimeException e) {
      failed.increment();
      LOG.error("report {}: the second-stage verifier cannot be asked; it is not described", id, e);
    }
  }

  private void fault(String why) {
    if (!why.equals(lastFault)) {
      lastFault = why;
      LOG.warn(
          "the second-stage verifier gave no remark ({}); such reports are not described", why);
    }
  }

  private void look(ReportId id) throws VerifierException, InterruptedException, IOException {
    Report report = reports.find(id).orElseThrow(() -> new UnknownReportException(id));
    Optional<Path> file =
        picture(report).flatMap(item -> evidence.apply(report.origin().alert(), item.name()));
    long most = config.maxPictureKib() * 1024L;
    if (!wanted(report) || file.isEmpty() || Files.size(file.get()) > most) {
      skipped.increment();
      return;
    }
    byte[] jpeg = leaving.apply(report.origin().camera(), Files.readAllBytes(file.get()));
    long began = System.nanoTime();
    Remark remark;
    try {
      remark = verifier.look(questions.about(report), jpeg);
    } finally {
      time.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }
    MachineRemark said =
        new MachineRemark(config.model(), clock.instant().truncatedTo(ChronoUnit.MILLIS), remark);
    reports.beside(id, (db, now) -> Remarks.keep(db, now, said));
    described.increment();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    try {
      if (!timer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("a question to the second-stage verifier does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
