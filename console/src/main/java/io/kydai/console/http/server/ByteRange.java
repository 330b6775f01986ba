package io.kydai.console.http.server;

import io.kydai.console.http.answer.Problem;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One range of bytes of a file (RFC 9110, section 14.1.2).
 *
 * @param first offset of its first byte
 * @param length in bytes, at least 1
 */
record ByteRange(long first, long length) {
  private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /**
   * Returns the range that a {@code Range} header asks for.
   *
   * @return empty when the whole file is to be sent: several ranges or one that makes no sense may
   *     be ignored (section 14.2)
   * @throws Problem 416, when the range lies outside the file
   */
  static Optional<ByteRange> of(String header, long size) {
    Matcher matcher = SINGLE.matcher(header);
    if (!matcher.matches() || header.equals("bytes=-")) {
      return Optional.empty();
    }
    boolean suffix = matcher.group(1).isEmpty();
    long first;
    long last;
    if (suffix) {
      long length = Long.parseLong(matcher.group(2));
      first = Math.max(0, size - length);
      last = length == 0 ? -1 : size - 1;
    } else {
      first = Long.parseLong(matcher.group(1));
      last =
          matcher.group(2).isEmpty()
              ? size - 1
              : Math.min(size - 1, Long.parseLong(matcher.group(2)));
      if (!matcher.group(2).isEmpty() && Long.parseLong(matcher.group(2)) < first) {
        return Optional.empty();
      }
    }
    if (first >= size || last < first) {
      throw Problem.of(416, "The file has " + size + " bytes.")
          .withHeader("Content-Range", "bytes */" + size);
    }
    return Optional.of(new ByteRange(first, last - first + 1));
  }

  /** Returns the value of {@code Content-Range}. */
  String contentRange(long size) {
    return "bytes " + first + "-" + (first + length - 1) + "/" + size;
  }
}
