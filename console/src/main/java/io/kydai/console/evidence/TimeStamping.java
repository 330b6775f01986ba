package io.kydai.console.evidence;

import static java.util.Objects.requireNonNull;

import io.kydai.console.store.StoreException;
import io.kydai.ingest.concurrent.NamedThreadFactory;
import io.kydai.streaming.evidence.EvidenceFolder;
import io.kydai.streaming.proof.ChainFiles;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the newest document of the chain stamped by a time-stamping authority, again and again: as
 * every document names the one before, one stamp confirms that all up to it were there at its time.
 * Nothing is asked while the newest document has its stamp. What fails is tried again at the next
 * turn; the first failure is logged. It works on a thread of its own and keeps nothing in memory.
 */
public final class TimeStamping implements AutoCloseable {
  private static final long CLOSING_MILLIS = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(TimeStamping.class);

  private final ManifestChain chain;
  private final EvidenceFolder folder;
  private final TimeStampAuthority authority;
  private final Duration every;
  private final Counter made;
  private final Counter failed;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, NamedThreadFactory.of("time-stamps"));
  private boolean failing;

  /**
   * Creates what {@link #start} starts.
   *
   * @param authority its address
   * @param every the time between two stamps
   */
  public TimeStamping(
      ManifestChain chain,
      EvidenceFolder folder,
      URI authority,
      Duration every,
      MeterRegistry metrics) {
    this.chain = requireNonNull(chain);
    this.folder = requireNonNull(folder);
    this.authority = new TimeStampAuthority(authority);
    this.every = requireNonNull(every);
    made = counter(metrics, "made");
    failed = counter(metrics, "failed");
  }

  private static Counter counter(MeterRegistry metrics, String outcome) {
    return Counter.builder("kydai.console.evidence.time-stamps")
        .description("Time-stamps of the chain of evidence that were asked for")
        .tag("outcome", outcome)
        .register(metrics);
  }

  /** Starts to ask, first a minute from now, when the evidence of before has its manifests. */
  public void start() {
    thread.scheduleWithFixedDelay(
        this::stamp, Math.min(60, every.toSeconds()), every.toSeconds(), TimeUnit.SECONDS);
  }

  /** Has the newest document stamped, unless it is. */
  void stamp() {
    try {
      Optional<ManifestChain.Head> head = chain.newest();
      if (head.isEmpty()
          || folder.timeStamps().contains(ChainFiles.timeStamp(head.get().number()))) {
        return;
      }
      byte[] answer = authority.stamp(HexFormat.of().parseHex(head.get().sha256()));
      folder.addTimeStamp(ChainFiles.timeStamp(head.get().number()), answer);
      made.increment();
      LOG.info("number {} of the chain of evidence is stamped", head.get().number());
      failing = false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | UncheckedIOException | StoreException e) {
      failed.increment();
      if (!failing) {
        LOG.error("the chain of evidence gets no time-stamp, and is tried again: {}", e.toString());
      }
      failing = true;
    } catch (RuntimeException e) {
      failed.increment();
      LOG.error("the chain of evidence gets no time-stamp", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(CLOSING_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.warn("a request for a time-stamp does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      authority.close();
    }
  }
}
