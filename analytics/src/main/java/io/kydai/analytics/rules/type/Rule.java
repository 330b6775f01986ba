package io.kydai.analytics.rules.type;

import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.rules.counting.FrameSamples;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.analytics.rules.lifecycle.AlertSink;

/**
 * A rule that observes one camera's tracks. It reports through the {@link AlertSink} it was made
 * with.
 */
public interface Rule {
  /**
   * Takes the picture itself, before {@link #observe} takes its tracks: for rules about the camera.
   *
   * @param frame borrowed until the call returns
   */
  default void look(Frame frame) {}

  /**
   * Called about once a second while no picture comes.
   *
   * @param last when the last picture came; where none ever did, when the camera was added
   * @param now as long after that as no picture has come
   */
  default void waiting(Timestamp last, Timestamp now) {}

  /**
   * Returns whether the rule asks what stands somewhere, and is therefore shown scenery, too. Rules
   * are not, by default.
   */
  default boolean seesScenery() {
    return false;
  }

  /** Takes the tracks of the next frame, in order of media time. */
  void observe(Observation observation);

  /**
   * Takes over what another rule of the same id and type has counted, before the first observation:
   * its settings or its lines and zones were changed. Nothing is taken over by default.
   */
  default void continueFrom(Rule before) {}

  /** Closes what is open, because no more frames will come. */
  void end();

  /**
   * Adds the frame that was observed last to the statistics; nothing by default. Called once after
   * each {@link #observe}, and once after {@link #end}.
   */
  default void sample(FrameSamples samples) {}

  /** Returns what the rule has measured up to now besides its alerts; nothing by default. */
  default Measurements measurements() {
    return Measurements.NONE;
  }
}
