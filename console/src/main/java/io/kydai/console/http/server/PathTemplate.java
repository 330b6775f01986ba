package io.kydai.console.http.server;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A path of the contract, which recognises the plainest way to write a path like it. */
final class PathTemplate {
  private final String[] pieces;

  /**
   * @param path as the contract writes it, such as {@code /api/v1/cameras/{id}}
   */
  PathTemplate(String path) {
    pieces = path.split("/", -1);
  }

  /**
   * Returns the parameters of a path; null where it is another's, or has a character that may stand
   * for another one: what is escaped or goes up and down is the router's.
   */
  @Nullable Map<String, String> match(String path) {
    Map<String, String> parameters = new HashMap<>();
    int from = 0;
    for (int i = 0; i < pieces.length; i++) {
      int slash = path.indexOf('/', from);
      int end = slash < 0 ? path.length() : slash;
      if ((slash < 0) != (i == pieces.length - 1)) {
        return null;
      }
      String piece = pieces[i];
      if (piece.startsWith("{")) {
        if (!isPlain(path, from, end)) {
          return null;
        }
        parameters.put(piece.substring(1, piece.length() - 1), path.substring(from, end));
      } else if (end - from != piece.length() || !path.startsWith(piece, from)) {
        return null;
      }
      from = end + 1;
    }
    return Map.copyOf(parameters);
  }

  /** A name without a dot in front. */
  private static boolean isPlain(String path, int from, int end) {
    if (from == end || path.charAt(from) == '.') {
      return false;
    }
    for (int i = from; i < end; i++) {
      char one = path.charAt(i);
      boolean letter = one >= 'a' && one <= 'z' || one >= 'A' && one <= 'Z';
      if (!letter && !(one >= '0' && one <= '9') && one != '-' && one != '_' && one != '.') {
        return false;
      }
    }
    return true;
  }
}
