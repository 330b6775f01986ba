package io.kydai.ingest.rtsp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import io.kydai.ingest.login.Challenge;
import io.kydai.ingest.rtsp.message.PrintableText;
import io.kydai.ingest.rtsp.message.RtspException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.base64.Base64;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tunnels RTSP through a pair of HTTP connections, as QuickTime introduced it ("Tunnelling RTSP and
 * RTP through HTTP"). This handler is on the first connection, whose GET has a response that never
 * ends and carries the bytes that the camera sends. The second connection carries a POST that never
 * ends, with the bytes that the client sends, in base64. A cookie tells the camera that the two
 * connections belong together. When a camera already requires authentication for the HTTP requests,
 * another pair of connections is opened with credentials ({@link #withLogin}); the RTSP requests
 * inside the tunnel are authenticated separately.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>the header of the response to GET</td><td>8 KiB</td><td>the tunnel fails</td></tr>
 * <tr><td>time until GET is answered and the second connection is open</td>
 *     <td>the constructor's {@code timeout}</td><td>the tunnel fails</td></tr>
 * <tr><td>bytes sent that the camera has not read yet</td>
 *     <td>64 KiB (Netty's high water mark)</td>
 *     <td>the session fails</td></tr>
 * </table>
 */
public final class HttpTunnel extends ChannelDuplexHandler {
  private static final int MAX_HEADER = 8 * 1024;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.\\d (\\d{3})\\b.*");
  private static final Pattern CHALLENGE = Pattern.compile("(?im)^WWW-Authenticate:([^\\r\\n]*)");

  private final Duration timeout;
  private final Function<ChannelHandler, ChannelFuture> connect;
  private final Consumer<ChannelPipeline> opened;
  private final Consumer<String> failed;
  private final TunnelHead head;
  private @Nullable RtspLogin login;
  private Runnable onChallenge = () -> {};
  private Consumer<String> onRefused;

  @SuppressWarnings("NullAway.Init") // set when the handler is added to a pipeline
  private ChannelHandlerContext context;

  private boolean getSent;
  private boolean authorized;
  private boolean answered;
  private boolean ended;
  private ByteBuf received = Unpooled.EMPTY_BUFFER;
  private @Nullable ScheduledFuture<?> timer;
  private @Nullable Channel post;
  private boolean open;

  /**
   * Creates the handler of one tunnel's first connection.
   *
   * @param address the camera's address; its host, path and query are used in the HTTP requests
   * @param timeout the time within which the tunnel must be open
   * @param connect opens another connection to the same camera on the same event loop, with the
   *     given handler at the end of its pipeline
   * @param opened called once when the tunnel is open; adds the RTSP session at the end of the
   *     pipeline
   * @param failed called once with the reason when the tunnel cannot be opened; the reason
   *     continues the sentence "the camera …"
   */
  public HttpTunnel(
      URI address,
      Duration timeout,
      Function<ChannelHandler, ChannelFuture> connect,
      Consumer<ChannelPipeline> opened,
      Consumer<String> failed) {
    this.timeout = timeout;
    this.connect = connect;
    this.opened = opened;
    this.failed = failed;
    onRefused = failed;
    head = TunnelHead.of(address);
  }

  /**
   * Makes the tunnel answer HTTP authentication challenges. To be called before this handler is
   * added to a pipeline.
   *
   * @param credentials the camera's credentials and last challenge, shared by all its connections
   * @param onChallenge called when the camera sent a challenge, which is to be answered by another
   *     tunnel
   * @param onRefused called with the reason, as {@code failed} is, when the camera rejects the user
   *     or the password
   */
  public HttpTunnel withLogin(
      RtspLogin credentials, Runnable onChallenge, Consumer<String> onRefused) {
    login = credentials;
    this.onChallenge = onChallenge;
    this.onRefused = onRefused;
    return this;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    if (added.channel().isActive()) {
      sendGet();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    sendGet();
    active.fireChannelActive();
  }

  private void sendGet() {
    if (getSent) {
      return;
    }
    getSent = true;
    timer =
        context
            .executor()
            .schedule(
                () -> fail("did not open the HTTP tunnel in time"),
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
    RtspLogin credentials = login;
    if (credentials != null) {
      credentials.connected();
    }
    String request = head.get(credentials);
    authorized = request.contains("\r\nAuthorization: ");
    context.writeAndFlush(Unpooled.copiedBuffer(request, ISO_8859_1));
  }

  @Override
  public void channelRead(ChannelHandlerContext from, Object message) {
    if (open || !(message instanceof ByteBuf bytes)) {
      from.fireChannelRead(message);
      return;
    }
    try {
      if (ended) {
        return;
      }
      if (received.readableBytes() + bytes.readableBytes() > MAX_HEADER) {
        fail("answers GET with a header of more than " + MAX_HEADER + " bytes");
        return;
      }
      if (received.capacity() == 0) {
        received = from.alloc().buffer(bytes.readableBytes(), MAX_HEADER);
      }
      received.writeBytes(bytes);
    } finally {
      ReferenceCountUtil.release(message);
    }
    if (!answered) {
      readHeader();
    }
  }

  private void readHeader() {
    String text = received.toString(ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return;
    }
    answered = true;
    received.skipBytes(end + 4);
    String line = text.substring(0, text.indexOf("\r\n"));
    if (line.matches("HTTP/1\\.\\d 200\\b.*")) {
      RtspLogin credentials = login;
      if (authorized && credentials != null) {
        credentials.succeeded();
      }
      openSecond();
    } else if (line.matches("HTTP/1\\.\\d 401\\b.*")) {
      logIn(text.substring(0, end));
    } else {
      fail("does not open an HTTP tunnel, but answers GET with " + shown(line));
    }
  }

  /** Other words than RTSP's are not repeated: what answers may be no camera. */
  private static String shown(String line) {
    if (line.startsWith("RTSP/")) {
      return PrintableText.of(line, 60);
    }
    Matcher http = STATUS.matcher(line);
    return http.matches() ? "status " + http.group(1) : "something else than HTTP";
  }

  private void logIn(String header) {
    RtspLogin credentials = login;
    if (credentials == null) {
      fail("asks for a user and a password in HTTP (401 Unauthorized), and none is given for it");
      return;
    }
    try {
      List<String> fields =
          CHALLENGE.matcher(header).results().map(field -> field.group(1).strip()).toList();
      Challenge challenge = RtspLogin.chooseChallenge(fields);
      if (authorized && !credentials.isFreshNonce(challenge)) {
        end();
        onRefused.accept("does not accept the user or the password (401 Unauthorized in HTTP)");
      } else {
        credentials.accept(challenge);
        end();
        onChallenge.run();
      }
      context.close();
    } catch (RtspException e) {
      fail(e.getMessage());
    }
  }

  private void openSecond() {
    ChannelFuture connecting = connect.apply(new Upstream());
    post = connecting.channel();
    connecting.addListener(
        done -> {
          if (ended) {
            connecting.channel().close();
          } else if (!done.isSuccess()) {
            fail("does not take the HTTP tunnel's second connection");
          }
        });
  }

  /** Sends the POST on the second connection, now that it is open, and starts the session. */
  private void startSession(ChannelHandlerContext upstream) {
    if (ended || open) {
      return;
    }
    upstream.writeAndFlush(Unpooled.copiedBuffer(head.post(login), ISO_8859_1));
    cancelTimer();
    open = true;
    opened.accept(context.pipeline());
    ByteBuf early = received;
    received = Unpooled.EMPTY_BUFFER;
    if (early.isReadable()) {
      context.fireChannelRead(early);
    } else {
      early.release();
    }
  }

  @Override
  public void write(ChannelHandlerContext to, Object message, ChannelPromise promise) {
    if (!open || !(message instanceof ByteBuf bytes)) {
      to.write(message, promise);
      return;
    }
    Channel upstream = requireNonNull(post);
    if (!upstream.isWritable()) {
      bytes.release();
      promise.tryFailure(new IOException("the camera does not read what is sent to it"));
      return;
    }
    ByteBuf encoded;
    try {
      encoded = Base64.encode(bytes, false);
    } finally {
      bytes.release();
    }
    upstream
        .writeAndFlush(encoded)
        .addListener(
            done -> {
              if (done.isSuccess()) {
                promise.trySuccess();
              } else {
                promise.tryFailure(done.cause());
              }
            });
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) {
    if (!open) {
      fail("closed the connection instead of opening the HTTP tunnel");
    }
    end();
    inactive.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
    if (open) {
      from.fireExceptionCaught(cause);
    } else {
      fail("broke the connection: " + PrintableText.of(cause));
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    end();
  }

  private void fail(String reason) {
    if (!ended) {
      end();
      failed.accept(reason);
      context.close();
    }
  }

  private void end() {
    ended = true;
    cancelTimer();
    received.release();
    received = Unpooled.EMPTY_BUFFER;
    Channel upstream = post;
    if (upstream != null) {
      upstream.close();
    }
  }

  private void cancelTimer() {
    ScheduledFuture<?> running = timer;
    if (running != null) {
      running.cancel(false);
      timer = null;
    }
  }

  /** The handler of the second connection, which ignores what the camera sends on it. */
  private final class Upstream extends ChannelInboundHandlerAdapter {
    /** With TLS this handler is added to a connection that is already active. */
    @Override
    public void handlerAdded(ChannelHandlerContext upstream) {
      if (upstream.channel().isActive()) {
        startSession(upstream);
      }
    }

    @Override
    public void channelActive(ChannelHandlerContext upstream) {
      startSession(upstream);
    }

    @Override
    public void channelRead(ChannelHandlerContext upstream, Object message) {
      ReferenceCountUtil.release(message);
    }

    /** Closes the first connection too: without the second no keep-alive can be sent. */
    @Override
    public void channelInactive(ChannelHandlerContext upstream) {
      context.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext upstream, Throwable cause) {
      if (open) {
        context.fireExceptionCaught(cause);
      } else {
        fail("broke the HTTP tunnel's second connection: " + PrintableText.of(cause));
      }
    }
  }
}
