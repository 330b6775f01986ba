package io.kydai.analytics.rules;

import io.kydai.analytics.scene.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code red-light}: a vehicle crosses the stop line while its signal has shown red for a while.
 * Asks for a {@link SignalFeed}; while that does not know, nobody is accused.
 */
final class RedLightRule {
  private RedLightRule() {}

  static Rule of(Settings settings, AlertSink alerts) {
    Line line = settings.line("line");
    Direction direction = settings.choice("direction", Direction.class, Direction.FORWARD);
    String signal = settings.text("signal", "the name of a signal");
    Duration grace = settings.duration("grace", Duration.ofSeconds(1));
    SignalFeed feed = settings.signals();
    return new Offences(
        line,
        settings.classes(CocoClasses.VEHICLES),
        (crossed, now) ->
            crossed == direction
                && red(feed, alerts, signal, now.wallClock())
                && red(feed, alerts, signal, now.wallClock().minus(grace)),
        String.format(
            Locale.ROOT,
            "crossed the stop line %s while signal %s had shown red for %s s at least",
            line.id(),
            signal,
            Text.seconds(grace)),
        alerts);
  }

  private static boolean red(SignalFeed feed, AlertSink alerts, String signal, Instant when) {
    return feed.shown(alerts.camera(), signal, when).equals(Optional.of(SignalFeed.Light.RED));
  }
}
