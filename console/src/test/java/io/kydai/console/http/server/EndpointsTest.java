package io.kydai.console.http.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.http.access.AccessControl;
import io.kydai.console.http.access.Authentication;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.api.site.NodeApi;
import io.kydai.console.http.contract.ApiContract;
import io.kydai.console.http.origin.ProxyHeaders;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The contract and the handlers of its operations must fit, or the server does not start. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndpointsTest {
  private final Vertx vertx = Vertx.vertx();
  private WorkerExecutor worker;
  private ApiContract contract;

  @BeforeAll
  void load() {
    worker = vertx.createSharedWorkerExecutor("endpoints-test", 1);
    contract = ApiContract.await(ApiContract.load(vertx, NodeApi.readContract()));
  }

  @AfterAll
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private Endpoints endpoints(ApiContract from) {
    Authentication nobody =
        new Authentication(
            secret -> Optional.empty(), token -> Optional.empty(), new ProxyHeaders(List.of()));
    AccessControl access = new AccessControl(camera -> Optional.empty(), (caller, camera) -> false);
    return new Endpoints(
        vertx, new Guard("localhost", null, new ProxyHeaders(List.of())), nobody, access, from);
  }

  /** Handlers for all operations but one. */
  private Endpoints allBut(String missing) {
    Endpoints endpoints = endpoints(contract);
    contract.parsed().operations().stream()
        .map(operation -> operation.getOperationId())
        .filter(id -> !id.equals(missing))
        .forEach(id -> endpoints.on(id, worker, call -> ApiReply.done()));
    return endpoints;
  }

  @Test
  void aContractThatIsNoneIsSaidAtStart() {
    byte[] none = "{\"openapi\": \"3.1.0\", \"paths\": 7}".getBytes(UTF_8);
    assertThatThrownBy(() -> ApiContract.await(ApiContract.load(vertx, none)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("openapi.json cannot be used");
    assertThatThrownBy(() -> ApiContract.await(ApiContract.load(vertx, "{".getBytes(UTF_8))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("openapi.json cannot be used");
  }

  @Test
  void anOperationWithoutAHandlerIsNamedAtStart() {
    assertThatThrownBy(
            () -> allBut("getSnapshot").install(worker, Set.of(), "/", call -> ApiReply.done()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("without a handler: getSnapshot;");
  }

  @Test
  void aHandlerWithoutAnOperationIsNamedAtStart() {
    Endpoints endpoints = allBut("").on("makeCoffee", worker, call -> ApiReply.done());

    assertThatThrownBy(() -> endpoints.install(worker, Set.of(), "/", call -> ApiReply.done()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("without an operation: makeCoffee");
  }
}
