package io.kydai.console.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import io.kydai.analytics.alert.Plate;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plate as the database, the API and webhooks have it: the contract's {@code Plate}.
 *
 * @param confidence 0..1, cut, never rounded up, to three decimals
 * @param format null where no country's format was asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
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

  /**
   * Reads a plate token by token, up to the end of its object; what it does not know, it skips.
   *
   * @param tokens at the beginning of the object
   * @throws IOException when it is no plate
   */
  static PlateJson read(JsonParser tokens) throws IOException {
    String text = null;
    String format = null;
    double confidence = 0;
    int votes = 0;
    int frames = 0;
    long track = 0;
    for (String name = tokens.nextFieldName(); name != null; name = tokens.nextFieldName()) {
      tokens.nextToken();
      switch (name) {
        case "text" -> text = tokens.getText();
        case "confidence" -> confidence = tokens.getDoubleValue();
        case "votes" -> votes = tokens.getIntValue();
        case "frames" -> frames = tokens.getIntValue();
        case "track" -> track = tokens.getLongValue();
        case "format" -> format = tokens.getText();
        default -> tokens.skipChildren();
      }
    }
    if (text == null) {
      throw new IOException("a plate without a text");
    }
    return new PlateJson(text, confidence, votes, frames, track, format);
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
