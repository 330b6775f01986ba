package io.kydai.analytics.signals;

import io.kydai.analytics.rules.settings.SignalFeed.Light;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one picture of a signal head seems to show. */
enum LampReading {
  RED(Light.RED, "red"),
  AMBER(Light.AMBER, "amber"),
  GREEN(Light.GREEN, "green"),
  /** Off, hidden, too dim, or so bright that no colour is left. */
  DARK(null, "no lamp is seen lit"),
  SEVERAL(null, "more than one of the lamps' places is lit"),
  MISPLACED(null, "a colour is where its lamp is not; is the zone still in its place?"),
  UNREADABLE(null, "the zone has too few pixels, or the picture has no colours");

  private final @Nullable Light light;
  private final String words;

  LampReading(@Nullable Light light, String words) {
    this.light = light;
    this.words = words;
  }

  /** The light, where it is clear. */
  Optional<Light> light() {
    return Optional.ofNullable(light);
  }

  /** For people. */
  String words() {
    return words;
  }

  static LampReading of(Light light) {
    return switch (light) {
      case RED -> RED;
      case AMBER -> AMBER;
      case GREEN -> GREEN;
    };
  }
}
