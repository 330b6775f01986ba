package io.kydai.analytics.alert;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A vehicle's number plate: what the readings of several frames came to. There is none where they
 * did not come to anything: a plate is never guessed.
 *
 * @param track whose it is
 * @param text capital letters A–Z and digits, of two lines the upper one first, without marks
 *     between
 * @param confidence what one would lose by trusting it, 0..1: the least share that a character has
 *     among the readings, times their mean probability
 * @param votes on how many frames this very text was read
 * @param frames on how many frames the vehicle's plate was looked for
 * @param format the country whose plates look so, in ISO 3166-1's two letters; null where no
 *     country's format was asked for
 */
public record Plate(
    long track, String text, double confidence, int votes, int frames, @Nullable String format) {
  public Plate {
    requireNonNull(text);
  }

  /** Without the text, which is personal data and must not get into a log by chance. */
  @Override
  public String toString() {
    return "Plate[track=" + track + ", confidence=" + confidence + "]";
  }
}
