package io.kydai.models.document;

import static java.util.Objects.requireNonNull;

/**
 * One mistake in a document.
 *
 * @param key the path of the wrong value, such as {@code cameras[0].scene.lines[1].from}; empty for
 *     the whole document
 * @param pointer the same path as a JSON pointer (RFC 6901), such as {@code /scene/lines/1/from}
 * @param line the line number in the file, from 1; 0 where line numbers are not known
 * @param message the text that names what is wrong and what is expected
 */
public record ConfigProblem(String key, String pointer, int line, String message) {
  public ConfigProblem {
    requireNonNull(key);
    requireNonNull(pointer);
    requireNonNull(message);
  }

  /** Returns a text such as {@code line 7: http.port: …}. */
  @Override
  public String toString() {
    return (line > 0 ? "line " + line + ": " : "") + (key.isEmpty() ? "" : key + ": ") + message;
  }
}
