package io.kydai.analytics.rules.lifecycle;

import io.kydai.analytics.observation.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * The one event that a rule follows for one subject (a track, a zone, the camera), from when its
 * condition begins until the rule closes it. At most one event goes on at a time; after {@link
 * #close} the next may begin.
 */
public final class CurrentAlert {
  private final AlertSink sink;
  private @Nullable AlertLifecycle event;

  public CurrentAlert(AlertSink sink) {
    this.sink = sink;
  }

  /** Returns whether an event goes on, whether or not its alert is open yet. */
  public boolean ongoing() {
    return event != null;
  }

  /** Returns whether an event goes on and its alert is open. */
  public boolean opened() {
    return event != null && event.opened();
  }

  /**
   * Begins the next event.
   *
   * @throws IllegalStateException when one goes on already
   */
  public AlertLifecycle begin(Timestamp start) {
    if (event != null) {
      throw new IllegalStateException(
          "an event of rule " + sink.origin().rule() + " goes on already");
    }
    AlertLifecycle begun = sink.begin(start);
    event = begun;
    return begun;
  }

  /**
   * Returns the event that goes on.
   *
   * @throws IllegalStateException when none does
   */
  public AlertLifecycle event() {
    if (event == null) {
      throw new IllegalStateException("no event of rule " + sink.origin().rule() + " goes on");
    }
    return event;
  }

  /** Ends the event that goes on, if one does, and closes its alert if that is open. */
  public void close() {
    if (event != null) {
      event.close();
      event = null;
    }
  }
}
