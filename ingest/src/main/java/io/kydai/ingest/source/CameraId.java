package io.kydai.ingest.source;

import java.util.regex.Pattern;

/**
 * The identifier of a camera in configuration, HTTP paths, metrics and logs.
 *
 * @param value 1 to 63 lower-case letters, digits, {@code -} and {@code _}, of which the first is a
 *     letter or a digit, so that it needs no escaping in a path, a file name or a metric's tag
 */
public record CameraId(String value) implements Comparable<CameraId> {
  private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

  /**
   * Creates an identifier.
   *
   * @throws IllegalArgumentException when the value has another form
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
