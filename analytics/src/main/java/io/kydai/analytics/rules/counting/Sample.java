package io.kydai.analytics.rules.counting;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.alert.RuleId;
import java.time.Instant;

/**
 * What one frame adds to a rule's statistics. Samples of the same series add up: their {@code
 * count} and {@code total} as sums, their {@code most} as the largest.
 *
 * @param series what is measured, where and of what
 * @param at when the frame was taken, by the wall clock; for a count, when the object was counted
 * @param count events, or milliseconds; negative where a count is taken back, as for a person who
 *     turns out to ride
 * @param total the sum of what was measured, in the unit of {@link Measure}
 * @param most the largest value at once; 0 where the measure has none
 */
public record Sample(Series series, Instant at, long count, long total, long most) {
  /** The kind of place at which is measured. */
  public enum Place {
    LINE,
    ZONE,
    /** From a zone, which is the element, to another, which is the direction. */
    MOVEMENT
  }

  /** The quantity that is measured, and what a sample's numbers are. */
  public enum Measure {
    /** {@code count} is the milliseconds for which the place was watched. */
    WATCHED,
    /** {@code count} is the number of objects that crossed, or went from zone to zone. */
    COUNT,
    /**
     * {@code count} is the milliseconds watched, {@code total} is objects times milliseconds, and
     * {@code most} is the most objects at once.
     */
    PRESENT,
    /**
     * {@code count} is the milliseconds in which anything moved, {@code total} is the mean speed
     * times milliseconds, in millimetres per second times milliseconds.
     */
    PACE,
    /**
     * {@code count} is the number of objects that went through, {@code total} is the sum of their
     * speeds in millimetres per second. The direction is the number of the speed's class, see
     * {@link #SPEED_CLASS}.
     */
    SPEED
  }

  /** The width of a class of speeds, in millimetres per second. */
  public static final int SPEED_CLASS = 500;

  /** The number of classes of speeds; the last has all that is faster. */
  public static final int SPEED_CLASSES = 140;

  /**
   * What is measured.
   *
   * @param element the id of the line or zone; of a movement, of the zone from which it came
   * @param label the class of the objects; empty for all that the rule looks at
   * @param direction {@code forward} or {@code backward} of a line, the destination of a movement,
   *     or the class of a speed; otherwise empty
   * @param reference what the level of service refers to: for {@link Measure#PACE} the speed of
   *     free traffic in mm/s, for {@link Measure#PRESENT} the area in square centimetres; 0 where
   *     there is none
   */
  public record Series(
      RuleId rule,
      Place place,
      String element,
      Measure measure,
      String label,
      String direction,
      long reference) {
    public Series {
      requireNonNull(rule);
      requireNonNull(place);
      requireNonNull(element);
      requireNonNull(measure);
      requireNonNull(label);
      requireNonNull(direction);
    }
  }

  public Sample {
    requireNonNull(series);
    requireNonNull(at);
  }
}
