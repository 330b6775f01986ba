package io.kydai.analytics.rules.crossing;

import io.kydai.analytics.rules.lifecycle.AlertSink;
import io.kydai.analytics.rules.lifecycle.ReasonText;
import io.kydai.analytics.rules.settings.CocoClasses;
import io.kydai.analytics.rules.settings.InvalidRuleException;
import io.kydai.analytics.rules.settings.Settings;
import io.kydai.analytics.rules.settings.SignalFeed;
import io.kydai.analytics.rules.settings.SignalFeed.Light;
import io.kydai.analytics.rules.settings.SignalFeed.Shown;
import io.kydai.analytics.rules.type.Rule;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.analytics.scene.Direction;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.ZoneUse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code red-light}: a vehicle crosses the stop line while its signal has shown red for a while.
 * Asks a {@link SignalFeed}; while that does not know, nobody is accused.
 */
public final class RedLightRule {
  public static final RuleType TYPE =
      RuleType.named("red-light")
          .titled("red light", "vượt đèn đỏ")
          .asks(
              RuleType.Group.VIOLATIONS,
              "who crosses the stop line while its signal has shown red?")
          .wantsPlates()
          .line("the stop line")
          .signal("a zone with `use: signal`, or a controller's name with `external: true`")
          .flag("external", false, "whether a controller tells the signal's state")
          .choice("direction", Direction.FORWARD, "which way the signal is for")
          .duration("grace", Duration.ofSeconds(1), "how long it has shown red at the least")
          .classes(CocoClasses.VEHICLES)
          .madeBy(RedLightRule::of);

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");

  private final SignalFeed feed;
  private final AlertSink alerts;
  private final String signal;
  private final Duration grace;

  private RedLightRule(SignalFeed feed, AlertSink alerts, String signal, Duration grace) {
    this.feed = feed;
    this.alerts = alerts;
    this.signal = signal;
    this.grace = grace;
  }

  private static Rule of(Settings settings, AlertSink alerts) {
    Line line = settings.line("line");
    Direction direction = settings.choice("direction", Direction.class);
    Duration grace = settings.duration("grace");
    RedLightRule rule = new RedLightRule(settings.signals(), alerts, signal(settings), grace);
    return new ForbiddenCrossings(
        line,
        settings.classes(),
        (crossed, now) -> crossed == direction && rule.red(now.wallClock()).isPresent(),
        now -> rule.words(line, now.wallClock()),
        alerts);
  }

  /** The zone that is drawn around its lamps, or a name that its controller reports. */
  private static String signal(Settings settings) {
    String name = settings.text("signal", "the id of a zone with 'use: signal'");
    if (settings.flag("external")) {
      if (!NAME.matcher(name).matches()) {
        throw new InvalidRuleException(
            "signal",
            "signal: a name has 1 to 63 letters, digits, '-' and '_', and starts with a letter or"
                + " digit");
      }
      return name;
    }
    List<String> drawn = settings.zones(ZoneUse.SIGNAL);
    if (!drawn.contains(name)) {
      throw new InvalidRuleException(
          "signal",
          "signal: there is no zone '"
              + name
              + "' with 'use: signal' in the scene; "
              + (drawn.isEmpty() ? "draw one around its lamps" : "there is: " + drawn)
              + ", or say 'external: true' where its controller tells its state");
    }
    return name;
  }

  private Optional<Shown> red(Instant when) {
    return feed.shown(alerts.origin().camera(), signal, when)
        .filter(shown -> shown.light() == Light.RED)
        .filter(shown -> !shown.since().isAfter(when.minus(grace)));
  }

  private String words(Line line, Instant when) {
    // A controller may take its word back between the accusation and its wording.
    String red =
        red(when)
            .map(
                shown ->
                    String.format(
                        Locale.ROOT,
                        "had shown red for %s s, since %s, %s",
                        ReasonText.seconds(Duration.between(shown.since(), when).toMillis() / 1e3),
                        shown.since().truncatedTo(ChronoUnit.MILLIS),
                        shown.source().words()))
            .orElse("had shown red");
    return String.format(
        Locale.ROOT,
        "crossed the stop line %s while signal %s %s (grace: %s s)",
        line.id(),
        signal,
        red,
        ReasonText.seconds(grace));
  }
}
