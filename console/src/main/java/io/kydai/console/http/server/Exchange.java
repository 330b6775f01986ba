package io.kydai.console.http.server;

import io.kydai.console.http.access.Requester;
import io.kydai.console.http.answer.Problem;
import io.vertx.core.http.HttpServerRequest;

/** A request that is let in, and its answer, on their event loop. */
interface Exchange {
  HttpServerRequest request();

  Requester requester();

  /** Runs something when the answer is sent, or the client has gone; maybe twice. */
  void whenOver(Runnable what);

  /**
   * Asks again whether the requester may have the answer.
   *
   * @throws Problem where not
   */
  void checkAgain();

  /** Answers that it failed. */
  void fail(Throwable failure);
}
