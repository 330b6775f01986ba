package io.kydai.ingest.source;

import java.util.regex.Pattern;

/**
 * Names a camera in configuration, addresses, metrics and logs.
 *
 * @param value 1 to 63 characters: lower-case letters, digits, {@code -} and {@code _}, the first a
 *     letter or a digit, so that it can stand unescaped in a path, a file name and a metric's tag
 */
public record CameraId(String value) implements Comparable<CameraId> {
  private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

  /**
   * @throws IllegalArgumentException when the value is not as described above
   */
  public CameraId {
    if (!VALID.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a camera id has 1 to 63 of a-z, 0-9, '-' and '_', and starts with a letter or digit");
    }
  }

  @Override
  public int compareTo(CameraId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
