package io.kydai.console.reports;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.kydai.analytics.alert.Plate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plate as the database, the API and webhooks have it: the contract's {@code Plate}.
 *
 * @param confidence 0..1, cut, never rounded up, to three decimals
 * @param format null where no country's format was asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record PlateJson(
    String text, double confidence, int votes, int frames, long track, @Nullable String format) {
  private static final double THOUSAND = 1000;

  /** Returns plates in the form of the contract; null where there are none. */
  public static @Nullable List<PlateJson> orNull(List<Plate> plates) {
    return plates.isEmpty() ? null : of(plates);
  }

  /** Returns plates in the form of the contract. */
  static List<PlateJson> of(List<Plate> plates) {
    return plates.stream().map(PlateJson::of).toList();
  }

  private static PlateJson of(Plate plate) {
    return new PlateJson(
        plate.text(),
        Math.floor(plate.confidence() * THOUSAND) / THOUSAND,
        plate.votes(),
        plate.frames(),
        plate.track(),
        plate.format());
  }

  /** Returns the plate that was written so. */
  Plate plate() {
    return new Plate(track, text, confidence, votes, frames, format);
  }

  /** Without the text, which is personal data and must not get into a log by chance. */
  @Override
  public String toString() {
    return "PlateJson[track=" + track + ", confidence=" + confidence + "]";
  }
}
