package io.kydai.ingest.rtsp.description;

import io.kydai.ingest.rtsp.message.RtspHeaders;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the {@code control} attributes of a session description to addresses (RFC 2326, appendix
 * C.1.1) in the way that cameras expect. Most cameras expect the relative part to be appended to
 * the whole base address, including the base's query; RFC 1808 would replace the last path segment
 * and drop the query. The class works on text because many such addresses are not valid URIs.
 */
public final class ControlAddress {
  private ControlAddress() {}

  /**
   * Returns the base of relative control addresses: {@code Content-Base} of the response to
   * DESCRIBE, else {@code Content-Location}, else the requested address. A field that does not
   * begin with {@code rtsp://} or {@code rtsps://} is ignored. The host of the base may differ from
   * the requested host: a camera behind network address translation gives its own address, and
   * expects it in the requests on the same connection.
   */
  public static String base(RtspHeaders answer, String asked) {
    return answer
        .first("Content-Base")
        .filter(ControlAddress::isAbsolute)
        .or(() -> answer.first("Content-Location").filter(ControlAddress::isAbsolute))
        .map(ControlAddress::withoutUser)
        .orElse(asked);
  }

  /**
   * Returns the address that a control attribute stands for.
   *
   * @param base the base address, as {@link #base} returns it
   * @param attribute the attribute's value; null when the description has no such attribute
   */
  public static String resolve(String base, @Nullable String attribute) {
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

  /** Returns the address without user information, which some cameras put into their addresses. */
  private static String withoutUser(String address) {
    int authority = address.indexOf("//") + 2;
    int path = address.indexOf('/', authority);
    int at = address.lastIndexOf('@', path < 0 ? address.length() : path);
    return at < authority ? address : address.substring(0, authority) + address.substring(at + 1);
  }
}
