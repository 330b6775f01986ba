package io.kydai.console.http.origin;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Map;

/** Security headers that every answer has. */
public final class Headers {
  /** The content security policy of answers that are no page. */
  public static final String NO_PAGE = "default-src 'none'; frame-ancestors 'none'";

  public static final Map<String, String> EVERY =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Content-Security-Policy", NO_PAGE,
          "Cache-Control", "no-store");

  /** RFC 6797: for a year, this host and those below it by TLS only. */
  public static final Map.Entry<String, String> OVER_TLS =
      Map.entry("Strict-Transport-Security", "max-age=31536000; includeSubDomains");

  /** Those of {@link #EVERY}, as they are written without being encoded anew. */
  private static final List<Map.Entry<CharSequence, CharSequence>> ENCODED =
      EVERY.entrySet().stream()
          .map(
              header ->
                  Map.entry(
                      HttpHeaders.createOptimized(header.getKey()),
                      HttpHeaders.createOptimized(header.getValue())))
          .toList();

  private Headers() {}

  /** An endpoint's own headers replace these. */
  public static void onEveryAnswer(HttpServerResponse response, ClientOrigin origin) {
    for (Map.Entry<CharSequence, CharSequence> header : ENCODED) {
      response.putHeader(header.getKey(), header.getValue());
    }
    if (origin.secure()) {
      response.putHeader(OVER_TLS.getKey(), OVER_TLS.getValue());
    }
  }
}
