package io.kydai.console.http.api.camera;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kydai.ingest.source.CameraSource.Credentials;
import java.net.URLEncoder;
import org.jspecify.annotations.Nullable;

/** Puts user and password into a stream's address (RFC 3986, section 3.2.1). */
final class StreamUrl {
  private StreamUrl() {}

  /**
   * Returns the address with user and password, percent-encoded.
   *
   * @param url without user and password
   * @param login null for none
   */
  static String of(String url, @Nullable Credentials login) {
    int host = url.indexOf("://") + 3;
    return login == null
        ? url
        : url.substring(0, host)
            + encoded(login.user())
            + ":"
            + encoded(login.password())
            + "@"
            + url.substring(host);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
