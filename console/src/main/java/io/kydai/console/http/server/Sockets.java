package io.kydai.console.http.server;

import io.kydai.console.http.answer.Problem;
import io.netty.channel.Channel;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.impl.VertxConnection;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens WebSockets of one kind. Their number is bounded, a client may send control frames only, and
 * a socket is closed whose client no longer answers pings, or whose owner may no longer have it.
 */
public final class Sockets {
  private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);

  /** RFC 6455, section 7.4.1: the client broke a rule. */
  static final short POLICY = 1008;

  /** Registered with IANA: try again later. */
  public static final short TRY_AGAIN = 1013;

  private final Vertx vertx;
  private final String kind;
  private final int most;
  private final int backlog;
  private final AtomicInteger open = new AtomicInteger();
  private final FrameTurns turns = new FrameTurns();

  /**
   * @param most the number that may be open
   * @param backlog bytes that may wait to be sent before a socket is no longer ready
   */
  public Sockets(Vertx vertx, String kind, int most, int backlog) {
    this.vertx = vertx;
    this.kind = kind;
    this.most = most;
    this.backlog = backlog;
  }

  /** Returns the number of open WebSockets. */
  public int count() {
    return open.get();
  }

  /**
   * Opens a WebSocket. It is counted until its channel is closed, whatever closes it, or until the
   * handshake has failed.
   *
   * @param permitted whether its owner may still have it; asked twice a second on the event loop,
   *     and the socket is closed when it is false
   * @param opened called on the event loop; sets the close handler of {@link Opened}
   */
  public void open(RoutingContext context, BooleanSupplier permitted, Handler<Opened> opened) {
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      throw Problem.of(503, "This node serves no more WebSockets of this kind now.")
          .withHeader("Retry-After", "5");
    }
    AtomicBoolean givenBack = new AtomicBoolean();
    Runnable giveBack =
        () -> {
          if (givenBack.compareAndSet(false, true)) {
            open.decrementAndGet();
          }
        };
    Channel channel = ((VertxConnection) context.request().connection()).channel();
    channel.closeFuture().addListener(closed -> giveBack.run());
    context
        .request()
        .toWebSocket()
        .onComplete(
            socket -> {
              Opened one =
                  new Opened(
                      socket, vertx.getOrCreateContext(), backlog, new FrameQueue(channel, turns));
              supervise(one, channel, permitted);
              opened.handle(one);
            },
            e -> {
              giveBack.run();
              context.fail(e);
            });
  }

  private void supervise(Opened one, Channel channel, BooleanSupplier permitted) {
    ServerWebSocket socket = one.socket;
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
                one.ping();
              }
            });
    long check =
        vertx.setPeriodic(
            Limits.PERMISSION_MILLIS,
            id -> {
              if (!permitted.getAsBoolean()) {
                one.close(POLICY, "the log-in or the right to this ended");
              }
            });
    channel
        .closeFuture()
        .addListener(
            closed -> {
              vertx.cancelTimer(timer);
              vertx.cancelTimer(check);
              one.onClosed();
            });
  }

  /**
   * An open WebSocket. Its methods may be called from any thread, also when it is closed.
   *
   * <p>Messages go through the socket's event loop, where also a close frame is sent and answered:
   * so nothing comes after it (RFC 6455, section 5.5.1). What waits for the event loop or for the
   * network counts as the backlog.
   */
  public static final class Opened {
    private final ServerWebSocket socket;
    private final Context loop;
    private final int backlog;
    private final FrameQueue frames;
    private final AtomicLong unsent = new AtomicLong();
    private Runnable whenClosed = () -> {};
    private boolean closed;

    /** Whether a close frame was sent; used on the event loop only. */
    private boolean closing;

    Opened(ServerWebSocket socket, Context loop, int backlog, FrameQueue frames) {
      this.socket = socket;
      this.loop = loop;
      this.backlog = backlog;
      this.frames = frames;
    }

    /** Runs the action when the socket is closed, or now if it is. */
    public void whenClosed(Runnable action) {
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

    /** Returns whether the backlog is below its bound; false when closed. */
    public boolean ready() {
      return !socket.isClosed() && unsent.get() + frames.unsent() < backlog;
    }

    public void send(String text) {
      send(text.length(), () -> socket.writeTextMessage(text));
    }

    public void send(Buffer bytes) {
      send(bytes.length(), () -> socket.writeBinaryMessage(bytes));
    }

    /**
     * Sends a message that is a whole frame already, as {@code WebSocketFrames} makes it. Messages
     * that are sent by this and by the others may overtake one another.
     *
     * @param frame is kept, and never written to
     */
    public void sendFrame(ByteBuffer frame) {
      frames.add(frame);
    }

    private void send(long size, Supplier<Future<Void>> write) {
      unsent.addAndGet(size);
      loop.runOnContext(
          turn -> {
            if (closing || socket.isClosed()) {
              unsent.addAndGet(-size);
            } else {
              write.get().onComplete(written -> unsent.addAndGet(-size));
            }
          });
    }

    private void ping() {
      if (!closing && !socket.isClosed()) {
        socket.writePing(Buffer.buffer("kydai"));
      }
    }

    public void close(short code, String reason) {
      loop.runOnContext(
          turn -> {
            if (!closing && !socket.isClosed()) {
              closing = true;
              frames.close();
              socket.close(code, reason);
            }
          });
    }
  }
}
