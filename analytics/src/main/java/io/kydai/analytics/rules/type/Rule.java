package io.kydai.analytics.rules.type;

import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.analytics.rules.lifecycle.AlertSink;

/** One question to the scene. What it finds it tells the {@link AlertSink} it was made with. */
public interface Rule {
  /**
   * The picture itself, before {@link #observe} tells what is on it: for rules that ask about the
   * camera.
   *
   * @param frame borrowed until the call returns
   */
  default void look(Frame frame) {}

  /**
   * Time passes without a picture, about once a second.
   *
   * @param last when the last picture came; where none ever did, when the camera was added
   * @param now as long after that as no picture has come
   */
  default void waiting(Timestamp last, Timestamp now) {}

  /** The next frame, in order of media time. */
  void observe(Observation observation);

  /** Nothing more will come: closes what is open. */
  void end();

  /** What the rule has measured up to now besides its alerts; nothing unless it measures. */
  default Measurements measurements() {
    return Measurements.NONE;
  }
}
