package io.kydai.console.http.api;

import io.kydai.analytics.rules.settings.SignalFeed.Light;
import io.kydai.analytics.rules.settings.SignalFeed.Shown;
import io.kydai.analytics.signals.SignalState;
import io.kydai.console.http.server.ErrorText;
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
    return new SignalAnswer(
        state.signal(),
        name(state.shown().map(Shown::light).orElse(null)),
        state.shown().map(Shown::since).orElse(null),
        state.shown().map(shown -> ErrorText.dashed(shown.source())).orElse(null),
        state
            .lamps()
            .map(
                lamps ->
                    new Lamps(
                        name(lamps.shown().map(Shown::light).orElse(null)),
                        lamps.shown().map(Shown::since).orElse(null),
                        lamps.doubt().orElse(null)))
            .orElse(null),
        state
            .told()
            .map(word -> new Told(name(word.light().orElse(null)), word.since(), word.until()))
            .orElse(null));
  }

  private static String name(@Nullable Light light) {
    return light == null ? UNKNOWN : ErrorText.dashed(light);
  }
}
