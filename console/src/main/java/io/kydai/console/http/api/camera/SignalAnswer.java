package io.kydai.console.http.api.camera;

import io.kydai.analytics.rules.settings.SignalFeed.Light;
import io.kydai.analytics.rules.settings.SignalFeed.Shown;
import io.kydai.analytics.signals.ControllerMessage;
import io.kydai.analytics.signals.SignalState;
import io.kydai.console.http.answer.ErrorText;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The contract's {@code Signal}.
 *
 * @param since null while the state is unknown, as is the source
 * @param lamps what is seen on the picture; null where no zone is drawn around the lamps
 * @param told the newest message of the signal's controller; null where there is none
 */
record SignalAnswer(
    String signal,
    String state,
    @Nullable Instant since,
    @Nullable String source,
    @Nullable Lamps lamps,
    @Nullable Told told) {
  /** The name of a state that nothing is known of. */
  static final String UNKNOWN = "unknown";

  /**
   * @param doubt why the state is unknown, for people
   */
  record Lamps(String state, @Nullable Instant since, @Nullable String doubt) {}

  record Told(String state, Instant since, Instant until) {}

  /** The contract's {@code SignalList}. */
  record SignalList(String camera, List<SignalAnswer> signals) {}

  static SignalAnswer of(SignalState state) {
    Shown shown = state.shown();
    SignalState.Lamps lamps = state.lamps();
    ControllerMessage told = state.told();
    return new SignalAnswer(
        state.signal(),
        name(shown == null ? null : shown.light()),
        shown == null ? null : shown.since(),
        shown == null ? null : ErrorText.dashed(shown.source()),
        lamps == null ? null : lamps(lamps),
        told == null ? null : new Told(name(told.light()), told.since(), told.until()));
  }

  private static Lamps lamps(SignalState.Lamps lamps) {
    Shown shown = lamps.shown();
    return new Lamps(
        name(shown == null ? null : shown.light()),
        shown == null ? null : shown.since(),
        lamps.doubt());
  }

  private static String name(@Nullable Light light) {
    return light == null ? UNKNOWN : ErrorText.dashed(light);
  }
}
