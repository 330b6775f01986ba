package io.kydai.console.config;

import static io.kydai.models.document.Key.key;
import static java.util.Objects.requireNonNull;

import io.kydai.models.document.Shape;
import io.kydai.models.document.ValueType;
import java.time.ZoneId;

/**
 * The site that a node watches.
 *
 * @param timeZone in which times are shown to people, on pages and on pictures, and in which rules'
 *     schedules and statistics count their days
 */
public record SiteConfig(ZoneId timeZone) {
  private static final int MAX_NAME = 60;

  static final Shape<SiteConfig> KEYS =
      Shape.of(
          SiteConfig.class,
          key(
                  "time-zone",
                  ValueType.text(MAX_NAME)
                      .as((text, at) -> at.made(() -> zone(text)), ZoneId::getId)
                      .saying("name of a time zone, such as `Asia/Ho_Chi_Minh`"),
                  "the zone of every time that people see, of schedules and of days in statistics")
              .otherwise(ZoneId.systemDefault())
              .shown("the machine's"));

  /** The machine's time zone. */
  public static final SiteConfig DEFAULT = KEYS.defaults();

  public SiteConfig {
    requireNonNull(timeZone);
  }

  /**
   * @throws IllegalArgumentException when there is no such zone
   */
  private static ZoneId zone(String name) {
    // Names only: browsers know no other form of a zone.
    if (!ZoneId.getAvailableZoneIds().contains(name)) {
      throw new IllegalArgumentException("there is no time zone " + name);
    }
    return ZoneId.of(name);
  }
}
