package io.kydai.ingest.rtp.jpeg;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A picture's size in pixels.
 *
 * @param width 1 to 65,535
 * @param height 1 to 65,535
 */
public record JpegSize(int width, int height) {
  private static final int BASELINE_FRAME = 0xc0;
  private static final Pattern NUMBERS =
      Pattern.compile("\\s*(\\d{1,5})\\s*[-,x]\\s*(\\d{1,5})\\b.*");

  /**
   * Returns the size that a session description gives in {@code framesize} (3GPP TS 26.234) or
   * {@code x-dimensions}; empty when it gives none. It is needed because the RTP header cannot
   * express more than 2,040 pixels.
   *
   * @param parameters the track's format parameters, with names in lower case
   */
  public static Optional<JpegSize> described(Map<String, String> parameters) {
    String text = parameters.getOrDefault("framesize", parameters.getOrDefault("x-dimensions", ""));
    Matcher numbers = NUMBERS.matcher(text);
    if (!numbers.matches()) {
      return Optional.empty();
    }
    int width = Integer.parseInt(numbers.group(1));
    int height = Integer.parseInt(numbers.group(2));
    return width < 1 || height < 1 || width > 0xffff || height > 0xffff
        ? Optional.empty()
        : Optional.of(new JpegSize(width, height));
  }

  /**
   * Returns the size in the baseline frame header of a JPEG file (ITU-T T.81, section B.2.2); empty
   * when there is none.
   */
  public static Optional<JpegSize> of(byte[] jpeg) {
    int at = 2;
    while (at + 9 <= jpeg.length && (jpeg[at] & 0xff) == 0xff) {
      if ((jpeg[at + 1] & 0xff) == BASELINE_FRAME) {
        return Optional.of(new JpegSize(u16(jpeg, at + 7), u16(jpeg, at + 5)));
      }
      at += 2 + u16(jpeg, at + 2);
    }
    return Optional.empty();
  }

  private static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
  }
}
