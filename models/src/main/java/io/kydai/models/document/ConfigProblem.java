package io.kydai.models.document;

import static java.util.Objects.requireNonNull;

/**
 * One mistake.
 *
 * @param key where it is, such as {@code cameras[0].scene.lines[1].from}; empty for the whole
 * @param pointer the same as a JSON pointer (RFC 6901), such as {@code /scene/lines/1/from}
 * @param line of the file, from 1; 0 where there are no lines
 * @param message what is wrong, and what would be right
 */
public record ConfigProblem(String key, String pointer, int line, String message) {
  public ConfigProblem {
    requireNonNull(key);
    requireNonNull(pointer);
    requireNonNull(message);
  }

  /** Such as {@code line 7: http.port: …}. */
  @Override
  public String toString() {
    return (line > 0 ? "line " + line + ": " : "") + (key.isEmpty() ? "" : key + ": ") + message;
  }
}
