package io.kydai.streaming.live.hls;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.live.event.LiveSubscriber;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The streams of the cameras that somebody watches by HTTP Live Streaming: begun when the first
 * player asks, ended when none has asked for {@value #LINGER_SECONDS} s, which is longer than a
 * question may wait. Safe for many threads; no method waits.
 *
 * <p>Bound: {@value #MOST_CAMERAS} cameras at a time, each with what {@link SegmentWindow} keeps;
 * the next is refused. All players of a camera are one of its viewers.
 */
public final class HlsStreams implements AutoCloseable {
  static final int MOST_CAMERAS = 32;
  static final int LINGER_SECONDS = 30;

  private static final Duration LINGER = Duration.ofSeconds(LINGER_SECONDS);

  /** A longer count than any stream's: two segments a second. */
  private static final long COUNT_MILLIS = 500;

  /** So that the numbers stay small: 2025-01-01. */
  private static final long COUNT_FROM = 1_735_689_600_000L;

  /** Where live events come from. */
  @FunctionalInterface
  public interface Source {
    /** Sends a camera's live stream; empty when there is none, or it has too many viewers. */
    Optional<Subscription> watch(CameraId camera, LiveSubscriber subscriber);
  }

  private static final class Running {
    final HlsStream stream;
    final Subscription subscription;
    volatile Instant asked;

    Running(HlsStream stream, Subscription subscription, Instant asked) {
      this.stream = stream;
      this.subscription = subscription;
      this.asked = asked;
    }
  }

  private final Source source;
  private final Clock clock;

  /** Written under the lock of this. */
  private final Map<CameraId, Running> running = new ConcurrentHashMap<>();

  public HlsStreams(Source source, Clock clock) {
    this.source = requireNonNull(source);
    this.clock = requireNonNull(clock);
  }

  /** A camera's stream, which is begun where there is none; empty where that cannot be. */
  public Optional<HlsStream> open(CameraId camera) {
    return find(camera).filter(stream -> !stream.hasEnded()).or(() -> begin(camera));
  }

  private synchronized Optional<HlsStream> begin(CameraId camera) {
    Running known = running.get(camera);
    if (known != null && !known.stream.hasEnded()) {
      return Optional.of(known.stream);
    }
    if (known == null && running.size() >= MOST_CAMERAS) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    HlsStream stream = new HlsStream((now.toEpochMilli() - COUNT_FROM) / COUNT_MILLIS);
    Optional<Subscription> subscription = source.watch(camera, stream);
    subscription.ifPresent(live -> running.put(camera, new Running(stream, live, now)));
    return subscription.map(live -> stream);
  }

  /** A camera's stream, where somebody watches it. */
  public Optional<HlsStream> find(CameraId camera) {
    Running known = running.get(camera);
    if (known == null) {
      return Optional.empty();
    }
    known.asked = clock.instant();
    return Optional.of(known.stream);
  }

  /** Ends the streams that nobody has asked for lately; to be called each few seconds. */
  public synchronized void expire() {
    Instant before = clock.instant().minus(LINGER);
    running
        .values()
        .removeIf(
            one -> {
              boolean over = one.asked.isBefore(before);
              if (over) {
                one.subscription.close();
              }
              return over;
            });
  }

  /** The number of streams. */
  public int count() {
    return running.size();
  }

  /** The bytes of media that are kept for all of them. */
  public long bytes() {
    return running.values().stream().mapToLong(one -> one.stream.bytes()).sum();
  }

  @Override
  public synchronized void close() {
    running.values().forEach(one -> one.subscription.close());
    running.clear();
  }
}
