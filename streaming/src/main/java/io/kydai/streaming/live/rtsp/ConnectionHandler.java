package io.kydai.streaming.live.rtsp;

import static java.util.Objects.requireNonNull;

import io.kydai.streaming.live.rtsp.message.ClientMessage;
import io.kydai.streaming.live.rtsp.message.LogIn;
import io.kydai.streaming.live.rtsp.message.Reply;
import io.kydai.streaming.live.rtsp.message.Request;
import io.kydai.streaming.live.rtsp.message.RequestDecoder;
import io.kydai.streaming.live.rtsp.message.Status;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: takes requests one after the other, finds out who asks, and looks each second
 * whether it may stay. What a request is answered is {@link RequestHandler}'s affair.
 *
 * <p>Bounds: {@value #MOST_WAITING} requests wait behind the one that is being answered, {@value
 * #MOST_REFUSALS} wrong log-ins, {@value #HEAD_SECONDS} s for a request to become whole, {@value
 * #IDLE_SECONDS} s of silence without a session; beyond any the connection is closed.
 */
final class ConnectionHandler extends SimpleChannelInboundHandler<ClientMessage> {
  static final int MOST_WAITING = 16;
  static final int MOST_REFUSALS = 5;
  static final int HEAD_SECONDS = 10;
  private static final int CLOSE_SECONDS = 5;
  static final int IDLE_SECONDS = 30;

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionHandler.class);

  private final ServerParts parts;
  private final RequestDecoder decoder;
  private final RequestHandler requests;
  private final Queue<Request> waiting = new ArrayDeque<>();
  private boolean busy;
  private int refusals;
  private long aliveAt;
  private long messageAt;
  private @Nullable RtspViewer viewer;
  private byte[] viewersLogIn = new byte[0];

  /** Set when the handler is added to its pipeline, before anything else is called. */
  @SuppressWarnings("NullAway.Init")
  private ChannelHandlerContext context;

  ConnectionHandler(ServerParts parts, RequestDecoder decoder, boolean tls) {
    this.parts = requireNonNull(parts);
    this.decoder = requireNonNull(decoder);
    this.requests = new RequestHandler(parts, this, tls);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    aliveAt = parts.nanoTime().getAsLong();
    messageAt = aliveAt;
    tickLater();
  }

  ChannelHandlerContext context() {
    return context;
  }

  InetAddress client() {
    return ((InetSocketAddress) context.channel().remoteAddress()).getAddress();
  }

  private void tickLater() {
    context.executor().schedule(this::tick, 1, TimeUnit.SECONDS);
  }

  private void tick() {
    if (!context.channel().isActive()) {
      return;
    }
    long now = parts.nanoTime().getAsLong();
    if (!decoder.isWithinMessage()) {
      messageAt = now;
    }
    String over = requests.whyOver(now, aliveAt);
    if (over != null) {
      close(over);
    } else if (now - messageAt > TimeUnit.SECONDS.toNanos(HEAD_SECONDS)) {
      answer(null, Reply.of(Status.REQUEST_TIMEOUT).with("Connection", "close"));
      close("a request was not whole after " + HEAD_SECONDS + " s");
    } else if (!requests.hasSession()
        && !busy
        && now - aliveAt > TimeUnit.SECONDS.toNanos(IDLE_SECONDS)) {
      close("silent for " + IDLE_SECONDS + " s");
    } else if (viewer != null && !viewer.valid()) {
      close("its log-in does not hold any more");
    } else {
      tickLater();
    }
  }

  /** The client gave a sign, also beside this connection. */
  void alive() {
    aliveAt = parts.nanoTime().getAsLong();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, ClientMessage message) {
    alive();
    if (message instanceof ClientMessage.Refused refused) {
      answer(null, Reply.of(refused.status()).with("Connection", "close"));
      close("sent no request");
    } else if (message instanceof ClientMessage.Asked asked) {
      if (waiting.size() == MOST_WAITING) {
        close("sent too many requests at once");
        return;
      }
      waiting.add(asked.request());
      next();
    }
  }

  private void next() {
    while (!busy && context.channel().isActive()) {
      Request request = waiting.poll();
      if (request == null) {
        return;
      }
      busy = true;
      requests.handle(request);
    }
  }

  /** Answers the request that is being handled, after which the next one's turn comes. */
  void reply(Request request, Reply reply) {
    answer(request, reply);
    busy = false;
    // Not from here: many requests at once would go down the stack.
    context.executor().execute(this::next);
  }

  private void answer(@Nullable Request request, Reply reply) {
    String number = request == null ? "" : RequestHandler.sequence(request).orElse("");
    context.writeAndFlush(Unpooled.wrappedBuffer(reply.bytes(number)));
  }

  /** Runs what may wait on a worker, and goes on here with what it returns or throws. */
  <T> void onWorker(Request request, Supplier<T> work, Consumer<T> then) {
    try {
      parts
          .worker()
          .execute(
              () -> {
                try {
                  T result = work.get();
                  context.executor().execute(() -> then.accept(result));
                } catch (RuntimeException e) {
                  LOG.warn("a request of an RTSP client failed: {}", request, e);
                  context.executor().execute(() -> reply(request, later("5")));
                }
              });
    } catch (RejectedExecutionException e) {
      LOG.debug("no worker for {}", request, e);
      reply(request, later("5"));
    }
  }

  private static Reply later(String seconds) {
    return Reply.of(Status.SERVICE_UNAVAILABLE).with("Retry-After", seconds);
  }

  /**
   * What came of an attempt to log in.
   *
   * @param viewer null where it was wrong, or not looked at
   * @param waitSeconds before the next one; 0 where it was looked at
   */
  private record Attempt(@Nullable RtspViewer viewer, long waitSeconds) {}

  /** Goes on with who makes the request; answers it where that is nobody. */
  void authenticate(Request request, Consumer<RtspViewer> then) {
    Optional<LogIn> given = LogIn.of(request);
    if (given.isEmpty()) {
      reply(request, unauthorized());
      return;
    }
    LogIn logIn = given.get();
    RtspViewer known = viewer;
    if (known != null && known.valid() && logIn.isSameAs(viewersLogIn)) {
      then.accept(known);
      return;
    }
    InetAddress client = client();
    onWorker(
        request, () -> attempt(logIn, client), attempt -> attempted(request, logIn, attempt, then));
  }

  private Attempt attempt(LogIn logIn, InetAddress client) {
    try {
      return new Attempt(
          parts.entrance().logIn(logIn.name(), logIn.secret(), client).orElse(null), 0);
    } catch (TooManyAttemptsException e) {
      return new Attempt(null, e.seconds());
    }
  }

  private void attempted(Request request, LogIn logIn, Attempt attempt, Consumer<RtspViewer> then) {
    RtspViewer found = attempt.viewer();
    if (found != null) {
      viewer = found;
      viewersLogIn = logIn.digest();
      then.accept(found);
    } else if (attempt.waitSeconds() > 0) {
      reply(request, later(Long.toString(attempt.waitSeconds())));
    } else {
      reply(request, unauthorized());
      refusals++;
      if (refusals == MOST_REFUSALS) {
        close("its log-in was wrong " + MOST_REFUSALS + " times");
      }
    }
  }

  private static Reply unauthorized() {
    return Reply.of(Status.UNAUTHORIZED)
        .with("WWW-Authenticate", "Basic realm=\"Kydai\", charset=\"UTF-8\"");
  }

  /** Closes the connection behind what was written. */
  void close(String why) {
    if (context.channel().isActive()) {
      LOG.info("RTSP client {} is disconnected: {}", client().getHostAddress(), why);
    }
    requests.end();
    context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    // Behind a client that does not read, that write never ends.
    context.executor().schedule(() -> context.close(), CLOSE_SECONDS, TimeUnit.SECONDS);
  }

  /** Answers that are not read stop the reading of requests. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    ctx.channel().config().setAutoRead(ctx.channel().isWritable());
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    waiting.clear();
    requests.end();
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("RTSP client {} ended: {}", ctx.channel().remoteAddress(), cause.toString());
    ctx.close();
  }
}
