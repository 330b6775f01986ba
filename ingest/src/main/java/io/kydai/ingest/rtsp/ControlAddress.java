package io.kydai.ingest.rtsp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a {@code control} attribute refers to (RFC 2326, appendix C.1.1), the way cameras mean
 * it: most of them expect the relative part behind the whole base, a query of the base included,
 * and not where RFC 1808 would put it. Works on text, because many such addresses are no valid URI.
 */
final class ControlAddress {
  private ControlAddress() {}

  /**
   * The base of relative addresses: {@code Content-Base}, else {@code Content-Location}, else the
   * address that was asked for; one without {@code rtsp://} does not count. Its host may be another
   * than the one that was asked: a camera behind a translator of addresses names its own, and wants
   * to be asked by it on the same connection.
   */
  static String base(RtspHeaders answer, String asked) {
    return answer
        .first("Content-Base")
        .filter(ControlAddress::isAbsolute)
        .or(() -> answer.first("Content-Location").filter(ControlAddress::isAbsolute))
        .map(ControlAddress::withoutUser)
        .orElse(asked);
  }

  /**
   * The address that a control attribute stands for.
   *
   * @param attribute its value; null where there is no such attribute
   */
  static String resolve(String base, @Nullable String attribute) {
    String control = attribute == null ? "" : attribute.strip();
    if (control.isEmpty() || control.equals("*")) {
      return base;
    }
    if (isAbsolute(control)) {
      return withoutUser(control);
    }
    String stem = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    if (control.startsWith("?")) {
      return stem + control;
    }
    return stem + "/" + (control.startsWith("/") ? control.substring(1) : control);
  }

  private static boolean isAbsolute(String address) {
    String lower = address.toLowerCase(Locale.ROOT);
    return lower.startsWith("rtsp://") || lower.startsWith("rtsps://");
  }

  /** Some cameras write a user and a password into their addresses; they are not repeated. */
  private static String withoutUser(String address) {
    int authority = address.indexOf("//") + 2;
    int path = address.indexOf('/', authority);
    int at = address.lastIndexOf('@', path < 0 ? address.length() : path);
    return at < authority ? address : address.substring(0, authority) + address.substring(at + 1);
  }
}
