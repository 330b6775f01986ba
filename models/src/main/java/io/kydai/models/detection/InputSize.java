package io.kydai.models.detection;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of a network's input picture.
 *
 * @param width the width in pixels, 32 to 4096
 * @param height the height in pixels, 32 to 4096
 */
public record InputSize(int width, int height) {
  private static final Pattern TEXT = Pattern.compile("(\\d{2,4})x(\\d{2,4})");

  public InputSize {
    if (width < 32 || height < 32 || width > 4096 || height > 4096) {
      throw new IllegalArgumentException("the width and height of an input are 32 to 4096 pixels");
    }
  }

  /**
   * Parses {@code WIDTHxHEIGHT}, the form that {@link #toString} returns.
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
