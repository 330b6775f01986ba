package io.kydai.console.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens WebSockets of one kind: bounded in number, with nothing taken from the client but control
 * frames, and closed when it no longer answers pings.
 */
final class Sockets {
  private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);

  /** RFC 6455, section 7.4.1: the client broke a rule. */
  static final short POLICY = 1008;

  /** Registered with IANA: try again later. */
  static final short TRY_AGAIN = 1013;

  private final Vertx vertx;
  private final String kind;
  private final int backlog;
  private final AtomicInteger open = new AtomicInteger();

  /**
   * @param backlog bytes that may wait to be sent before {@code writeQueueFull}
   */
  Sockets(Vertx vertx, String kind, int backlog) {
    this.vertx = vertx;
    this.kind = kind;
    this.backlog = backlog;
  }

  /** How many are open. */
  int count() {
    return open.get();
  }

  /**
   * @param opened called on the event loop; sets the close handler of {@link Opened}
   */
  void open(RoutingContext context, Handler<Opened> opened) {
    if (open.incrementAndGet() > Limits.SOCKETS) {
      open.decrementAndGet();
      throw Problem.of(503, "This node serves no more WebSockets of this kind now.")
          .withHeader("Retry-After", "5");
    }
    context
        .request()
        .toWebSocket()
        .onComplete(
            socket -> {
              Opened one = new Opened(socket);
              supervise(one);
              opened.handle(one);
            },
            e -> {
              open.decrementAndGet();
              context.fail(e);
            });
  }

  private void supervise(Opened one) {
    ServerWebSocket socket = one.socket;
    socket.setWriteQueueMaxSize(backlog);
    int[] unanswered = {0};
    socket.pongHandler(pong -> unanswered[0] = 0);
    socket.frameHandler(
        frame -> {
          if (frame.isText() || frame.isBinary() || frame.isContinuation()) {
            one.close(POLICY, "this socket only speaks");
          }
        });
    socket.exceptionHandler(e -> LOG.debug("{} socket: {}", kind, e.toString()));
    long timer =
        vertx.setPeriodic(
            Limits.PING_SECONDS * 1000L,
            id -> {
              if (unanswered[0]++ >= 2) {
                one.close(POLICY, "no pong");
              } else {
                socket.writePing(Buffer.buffer("kydai"));
              }
            });
    socket.closeHandler(
        nothing -> {
          vertx.cancelTimer(timer);
          open.decrementAndGet();
          one.onClosed();
        });
  }

  /** An open WebSocket. Its methods may be called from any thread, also when it is closed. */
  static final class Opened {
    private final ServerWebSocket socket;
    private Runnable whenClosed = () -> {};
    private boolean closed;

    private Opened(ServerWebSocket socket) {
      this.socket = socket;
    }

    /** Runs the action when the socket is closed, or now if it is. */
    void whenClosed(Runnable action) {
      synchronized (this) {
        if (!closed) {
          whenClosed = action;
          return;
        }
      }
      action.run();
    }

    private void onClosed() {
      Runnable action;
      synchronized (this) {
        closed = true;
        action = whenClosed;
      }
      action.run();
    }

    /** Whether less waits to be sent than may; false when closed. */
    boolean ready() {
      try {
        return !socket.isClosed() && !socket.writeQueueFull();
      } catch (IllegalStateException e) {
        // It was closed between the two questions, and then says so like this.
        return false;
      }
    }

    void send(String text) {
      if (!socket.isClosed()) {
        socket.writeTextMessage(text);
      }
    }

    void send(Buffer bytes) {
      if (!socket.isClosed()) {
        socket.writeBinaryMessage(bytes);
      }
    }

    void close(short code, String reason) {
      if (!socket.isClosed()) {
        socket.close(code, reason);
      }
    }
  }
}
