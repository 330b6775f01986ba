package io.kydai.analytics.rules.settings;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import java.util.Optional;

/**
 * Knows what a traffic signal shows: from a controller, or from whatever reads a signal head's
 * lamps. Asked by the thread that analyses the camera, on each crossing of a stop line: it answers
 * from memory, at once.
 */
public interface SignalFeed {
  /** Knows no signal. */
  SignalFeed NONE = (camera, signal, when) -> Optional.empty();

  /** What a signal shows to those who want to go on. */
  enum Light {
    RED,
    AMBER,
    GREEN
  }

  /** The source of the state. */
  enum Source {
    /** The signal's lamps on the camera's picture. */
    LAMPS("read from its lamps"),
    /** The signal's controller, or somebody who stands for it. */
    CONTROLLER("told by its controller"),
    /** Both, and they agree. */
    BOTH("told by its controller and read from its lamps");

    private final String words;

    Source(String words) {
      this.words = words;
    }

    /** As reasons say it. */
    public String words() {
      return words;
    }
  }

  /**
   * What a signal showed.
   *
   * @param since it had shown this without a break since then, at the least
   */
  record Shown(Light light, Instant since, Source source) {
    public Shown {
      requireNonNull(light);
      requireNonNull(since);
      requireNonNull(source);
    }
  }

  /**
   * @param signal as the rule's {@code signal} names it
   * @param when on the wall clock, not later than the newest frame
   * @return empty while it is not known; then nobody is accused
   */
  Optional<Shown> shown(CameraId camera, String signal, Instant when);
}
