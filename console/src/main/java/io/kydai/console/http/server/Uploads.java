package io.kydai.console.http.server;

import io.kydai.console.http.access.Requester;
import io.kydai.console.http.answer.Problem;
import io.vertx.ext.web.RoutingContext;

/**
 * The requests whose body is a file. Their bodies are read into memory, so that only {@link
 * Limits#FILES} are let in at a time, and fewer of one caller and of one address; others are
 * answered with 503 and when to come again. Any event loop.
 */
final class Uploads {
  private static final String ADMITTED = "kydai.upload";
  private static final String RETRY_SECONDS = "5";

  private final Admissions running =
      new Admissions(Limits.FILES, Limits.FILES_OF_CALLER, Limits.FILES_OF_ADDRESS);

  /** Lets a request in, until it is answered or its connection has gone. */
  void admit(RoutingContext context, Requester requester) {
    Admissions.Place place = running.enter(requester);
    if (place.none()) {
      throw Problem.of(503, "Many files are being sent; this one has to wait.")
          .withHeader("Retry-After", RETRY_SECONDS);
    }
    context.put(ADMITTED, true);
    context.addEndHandler(ended -> place.close());
    context.next();
  }

  int count() {
    return running.count();
  }

  /** Returns whether a request is one that was let in. */
  static boolean isOne(RoutingContext context) {
    return Boolean.TRUE.equals(context.get(ADMITTED));
  }
}
