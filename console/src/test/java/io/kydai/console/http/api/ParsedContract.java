package io.kydai.console.http.api;

import io.kydai.console.http.api.site.NodeApi;
import io.kydai.console.http.contract.ApiContract;
import io.vertx.core.Vertx;

/** The contract, read once for all servers of a process of tests: it takes half a second. */
final class ParsedContract {
  static final ApiContract ONCE = parse();

  private ParsedContract() {}

  private static ApiContract parse() {
    Vertx vertx = Vertx.vertx();
    try {
      return ApiContract.await(ApiContract.load(vertx, NodeApi.readContract()));
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
