package io.kydai.console.http.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.http.access.Requester;
import io.kydai.console.http.origin.ClientOrigin;
import io.kydai.console.users.Caller;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that do not read, over real sockets: of four workers, they have three at most. */
class SlowReaderTest {
  private static final int SIZE = 64 << 20;
  private static final int PATIENCE_MILLIS = 500;

  private final Vertx vertx = Vertx.vertx();
  private final Admissions slow = new Admissions(3, 3, 2);
  private final Map<String, CompletableFuture<Boolean>> answers = new ConcurrentHashMap<>();
  private final List<Socket> sockets = new ArrayList<>();
  private WorkerExecutor worker;
  private HttpServer server;

  @BeforeEach
  void start() {
    worker = vertx.createSharedWorkerExecutor("slow-readers", 4);
    server =
        vertx
            .createHttpServer()
            .requestHandler(this::answer)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private CompletableFuture<Boolean> answer(String name) {
    return answers.computeIfAbsent(name, key -> new CompletableFuture<>());
  }

  private void answer(HttpServerRequest request) {
    ClientOrigin origin =
        new ClientOrigin(request.getHeader("Address"), false, null, false, "request");
    Requester requester = new Requester(Caller.ANONYMOUS, origin, "", "", "");
    ResponseStream out =
        new ResponseStream(
            request.response().setChunked(true),
            vertx.getOrCreateContext(),
            new SlowReader(slow, requester, PATIENCE_MILLIS));
    worker
        .executeBlocking(
            () -> {
              try (out) {
                for (int sent = 0; sent < SIZE; sent += 64 << 10) {
                  out.write(new byte[64 << 10]);
                }
              }
              return true;
            },
            false)
        .onSuccess(whole -> request.response().end())
        .onFailure(e -> request.connection().close())
        .onComplete(
            (done, e) -> {
              if (e == null) {
                answer(request.getHeader("Name")).complete(true);
              } else {
                answer(request.getHeader("Name")).completeExceptionally(e);
              }
            });
  }

  private Socket ask(String name, String address) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(16 << 10);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.actualPort()));
    socket
        .getOutputStream()
        .write(
            ("GET / HTTP/1.1\r\nHost: x\r\nName: %s\r\nAddress: %s\r\n\r\n"
                    .formatted(name, address))
                .getBytes(ISO_8859_1));
    sockets.add(socket);
    return socket;
  }

  private void assertCutOff(String name) {
    assertThatThrownBy(() -> answer(name).get(20, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(IOException.class)
        .hasMessageContaining("reads slowly");
  }

  @Test
  void oneAddressHasTwoSlowOnesAndAllHaveThreeSoThatAWorkerIsLeft() throws Exception {
    for (int i = 0; i < 3; i++) {
      ask("a" + i, "192.0.2.1");
    }
    List<CompletableFuture<Boolean>> ofOne = List.of(answer("a0"), answer("a1"), answer("a2"));
    CompletableFuture.anyOf(ofOne.toArray(CompletableFuture[]::new))
        .handle((done, e) -> e)
        .get(20, TimeUnit.SECONDS);
    assertThat(ofOne).filteredOn(CompletableFuture::isCompletedExceptionally).hasSize(1);

    ask("b", "192.0.2.2");
    ask("c", "192.0.2.3");
    CompletableFuture.anyOf(answer("b"), answer("c"))
        .handle((done, e) -> e)
        .get(20, TimeUnit.SECONDS);
    assertThat(List.of(answer("b"), answer("c")))
        .filteredOn(CompletableFuture::isCompletedExceptionally)
        .hasSize(1);

    Socket fast = ask("fast", "192.0.2.1");
    assertThat(fast.getInputStream().readNBytes(SIZE)).hasSize(SIZE);
    assertThat(answer("fast").get(20, TimeUnit.SECONDS)).isTrue();
    ask("d", "192.0.2.4");
    assertCutOff("d");
  }

  @Test
  void oneThatHasGoneGivesItsPlaceBack() throws Exception {
    ask("a", "192.0.2.1");
    ask("b", "192.0.2.1");
    ask("c", "192.0.2.1");
    List<CompletableFuture<Boolean>> all = List.of(answer("a"), answer("b"), answer("c"));
    CompletableFuture.anyOf(all.toArray(CompletableFuture[]::new))
        .handle((done, e) -> e)
        .get(20, TimeUnit.SECONDS);
    for (Socket socket : sockets) {
      socket.close();
    }
    for (CompletableFuture<Boolean> answer : all) {
      assertThat(answer.handle((done, e) -> e).get(20, TimeUnit.SECONDS)).isNotNull();
    }
    ClientOrigin origin = new ClientOrigin("192.0.2.1", false, null, false, "request");
    Requester again = new Requester(Caller.ANONYMOUS, origin, "", "", "");
    Admissions.Place place = slow.enter(again);
    assertThat(place.none()).isFalse();
    place.close();
    place.close();
    assertThat(
            List.of(slow.enter(again).none(), slow.enter(again).none(), slow.enter(again).none()))
        .containsExactly(false, false, true);
  }
}
