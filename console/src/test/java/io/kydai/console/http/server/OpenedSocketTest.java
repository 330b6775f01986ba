package io.kydai.console.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** What is sent from any thread, on an event loop that runs when the test says so. */
class OpenedSocketTest {
  private static final int BACKLOG = 10;

  private final Queue<Handler<Void>> turns = new ArrayDeque<>();
  private final List<String> wire = new ArrayList<>();
  private final Queue<Promise<Void>> unwritten = new ArrayDeque<>();
  private boolean closed;
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Sockets.Opened opened =
      new Sockets.Opened(socket(), loop(), BACKLOG, new FrameQueue(channel, new FrameTurns()));

  @SuppressWarnings("unchecked")
  private Context loop() {
    return (Context)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) -> turns.add((Handler<Void>) arguments[0]));
  }

  private ServerWebSocket socket() {
    return (ServerWebSocket)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ServerWebSocket.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "isClosed" -> closed;
                  case "writeTextMessage" -> write((String) arguments[0]);
                  case "writeBinaryMessage" -> write(((Buffer) arguments[0]).toString());
                  case "close" -> {
                    wire.add("close " + arguments[0]);
                    yield Future.succeededFuture();
                  }
                  default -> throw new AssertionError(method);
                });
  }

  private Future<Void> write(String message) {
    wire.add(message);
    Promise<Void> written = Promise.promise();
    unwritten.add(written);
    return written.future();
  }

  private void runLoop() {
    while (!turns.isEmpty()) {
      turns.remove().handle(null);
    }
  }

  @Test
  void nothingIsSentAfterOurOwnCloseFrame() {
    opened.send("before");
    opened.close(Sockets.TRY_AGAIN, "too slow");
    opened.send("after");
    opened.send(Buffer.buffer("after"));
    opened.close(Sockets.TRY_AGAIN, "again");
    runLoop();

    assertThat(wire).containsExactly("before", "close " + Sockets.TRY_AGAIN);
  }

  @Test
  void nothingIsSentAfterTheClientsCloseFrame() {
    opened.send("before it came to the event loop");
    closed = true;
    runLoop();

    assertThat(wire).isEmpty();
    assertThat(opened.ready()).isFalse();
  }

  @Test
  void whatWaitsForTheEventLoopOrTheNetworkIsTheBacklog() {
    opened.send("12345");
    assertThat(opened.ready()).isTrue();
    opened.send(Buffer.buffer("67890"));
    assertThat(opened.ready()).isFalse();

    runLoop();
    assertThat(opened.ready()).isFalse();
    unwritten.remove().complete();
    assertThat(opened.ready()).isTrue();
    unwritten.remove().fail("reset");
    opened.send("123456789");
    assertThat(opened.ready()).isTrue();
  }

  /** The bytes of the next write to the network. */
  private String written() {
    ByteBuf out = channel.readOutbound();
    try {
      return out.toString(StandardCharsets.US_ASCII);
    } finally {
      out.release();
    }
  }

  @Test
  void wholeFramesGoOutAsTheyAreInOrder() {
    opened.sendFrame(StandardCharsets.US_ASCII.encode("one"));
    opened.sendFrame(StandardCharsets.US_ASCII.encode("two"));
    assertThat(channel.outboundMessages()).isEmpty();
    channel.runPendingTasks();
    assertThat(written()).isEqualTo("one");
    assertThat(written()).isEqualTo("two");
    assertThat(opened.ready()).isTrue();
  }

  @Test
  void framesThatWaitAreTheBacklogAndNoneComesAfterTheCloseFrame() {
    opened.sendFrame(StandardCharsets.US_ASCII.encode("0123456789"));
    assertThat(opened.ready()).isFalse();
    opened.close(Sockets.TRY_AGAIN, "too slow");
    runLoop();
    assertThat(written()).as("what was sent before").isEqualTo("0123456789");
    opened.sendFrame(StandardCharsets.US_ASCII.encode("after"));
    channel.runPendingTasks();
    assertThat(channel.outboundMessages()).isEmpty();
    assertThat(opened.ready()).isTrue();
    assertThat(wire).containsExactly("close " + Sockets.TRY_AGAIN);
  }
}
