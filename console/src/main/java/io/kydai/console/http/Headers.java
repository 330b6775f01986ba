package io.kydai.console.http;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;

/** Headers that tell browsers to be careful. */
final class Headers {
  /** For answers that no browser should take for a page. */
  static final String NO_PAGE = "default-src 'none'; frame-ancestors 'none'";

  private Headers() {}

  /** An endpoint's own headers replace these. */
  static void onEveryAnswer(RoutingContext context) {
    MultiMap headers = context.response().headers();
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Content-Security-Policy", NO_PAGE);
    headers.set("Cache-Control", "no-store");
    context.next();
  }
}
