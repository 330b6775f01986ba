package io.kydai.console.statistics;

import java.util.Arrays;
import java.util.Optional;

/** The length of a piece of time. */
public enum Step {
  MINUTE("1", 1),
  FIVE_MINUTES("5", 5),
  QUARTER("15", 15),
  HOUR("60", 60),
  /** From midnight to midnight in the site's time zone, which may be 23 or 25 hours. */
  DAY("day", 1_440);

  private final String wire;
  private final int minutes;

  Step(String wire, int minutes) {
    this.wire = wire;
    this.minutes = minutes;
  }

  /** Returns the name in the HTTP interface: the minutes, or {@code day}. */
  public String wire() {
    return wire;
  }

  /** Returns the length in minutes, of a day without a change of the clocks. */
  public int minutes() {
    return minutes;
  }

  /** Returns the step with a name; empty when there is none. */
  public static Optional<Step> of(String wire) {
    return Arrays.stream(values()).filter(step -> step.wire.equals(wire)).findFirst();
  }
}
