package io.kydai.models.detection;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of a network's input.
 *
 * @param width in pixels, 32 to 4096
 * @param height in pixels, 32 to 4096
 */
public record InputSize(int width, int height) {
  private static final Pattern TEXT = Pattern.compile("(\\d{2,4})x(\\d{2,4})");

  public InputSize {
    if (width < 32 || height < 32 || width > 4096 || height > 4096) {
      throw new IllegalArgumentException("an input side has 32 to 4096 pixels");
    }
  }

  /**
   * Parses {@code WIDTHxHEIGHT}, as {@link #toString} writes it.
   *
   * @throws IllegalArgumentException when the text is of another form or a side is out of bounds
   */
  public static InputSize parse(String text) {
    Matcher size = TEXT.matcher(text);
    if (!size.matches()) {
      throw new IllegalArgumentException("a size such as 512x288 is expected");
    }
    return new InputSize(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
