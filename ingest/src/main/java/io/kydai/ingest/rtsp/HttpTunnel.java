package io.kydai.ingest.rtsp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import io.kydai.ingest.login.Challenge;
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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * RTSP in a pair of HTTP connections, as QuickTime began it ("Tunnelling RTSP and RTP through
 * HTTP"): the answer to a GET, on whose connection this handler is, never ends and brings what the
 * camera says; a POST that never ends takes what we say, in base64. A cookie tells the camera that
 * the two belong together. A camera that asks for a log-in in HTTP already is given it in another
 * pair of connections ({@link #withLogin}), besides what the RTSP inside asks for.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>the header of the answer to GET</td><td>8 KiB</td><td>it fails</td></tr>
 * <tr><td>time to answer GET and take the second connection</td><td>as given</td>
 *     <td>it fails</td></tr>
 * <tr><td>bytes of ours that the camera does not read</td><td>64 KiB (Netty's mark)</td>
 *     <td>the session fails</td></tr>
 * </table>
 */
public final class HttpTunnel extends ChannelDuplexHandler {
  private static final int MAX_HEADER = 8 * 1024;
  private static final Pattern CHALLENGE = Pattern.compile("(?im)^WWW-Authenticate:([^\\r\\n]*)");

  private final Duration timeout;
  private final Function<ChannelHandler, ChannelFuture> connect;
  private final Consumer<ChannelPipeline> opened;
  private final Consumer<String> failed;
  private final TunnelHead head;
  private @Nullable RtspLogin login;
  private Runnable challenged = () -> {};
  private Consumer<String> refused;

  @SuppressWarnings("NullAway.Init") // set when it is added to a pipeline
  private ChannelHandlerContext context;

  private boolean asked;
  private boolean authorized;
  private boolean answered;
  private boolean ended;
  private ByteBuf received = Unpooled.EMPTY_BUFFER;
  private @Nullable ScheduledFuture<?> timer;
  private @Nullable Channel post;
  private boolean open;

  /**
   * @param address whose host, path and query HTTP asks for
   * @param timeout until the tunnel must be open
   * @param connect makes another connection to the same camera on the same event loop, with this
   *     handler at its end
   * @param opened puts the session at the end of the pipeline
   * @param failed hears why there is no tunnel; continues the sentence "the camera …"
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
    refused = failed;
    head = TunnelHead.of(address);
  }

  /**
   * Logs in when the camera asks for it. To be called before this is in a pipeline.
   *
   * @param own of this camera, over all connections
   * @param again hears that the challenge is to be answered by another tunnel
   * @param notAccepted hears that the camera wants another user or password, as {@code failed} does
   */
  public HttpTunnel withLogin(RtspLogin own, Runnable again, Consumer<String> notAccepted) {
    login = own;
    challenged = again;
    refused = notAccepted;
    return this;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    if (added.channel().isActive()) {
      ask();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    ask();
    active.fireChannelActive();
  }

  private void ask() {
    if (asked) {
      return;
    }
    asked = true;
    timer =
        context
            .executor()
            .schedule(
                () -> fail("did not open the HTTP tunnel in time"),
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
    RtspLogin own = login;
    if (own != null) {
      own.connected();
    }
    String request = head.get(own);
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
      RtspLogin own = login;
      if (authorized && own != null) {
        own.proven();
      }
      openSecond();
    } else if (line.matches("HTTP/1\\.\\d 401\\b.*")) {
      logIn(text.substring(0, end));
    } else {
      fail("does not open an HTTP tunnel, but answers GET with " + PrintableText.of(line, 60));
    }
  }

  private void logIn(String header) {
    RtspLogin own = login;
    if (own == null) {
      fail("asks for a user and a password in HTTP (401 Unauthorized), and none is given for it");
      return;
    }
    try {
      List<String> fields =
          CHALLENGE.matcher(header).results().map(field -> field.group(1).strip()).toList();
      Challenge challenge = RtspLogin.chosen(fields);
      if (authorized && !own.isRenewedBy(challenge)) {
        end();
        refused.accept("does not accept the user or the password (401 Unauthorized in HTTP)");
      } else {
        own.accept(challenge);
        end();
        challenged.run();
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

  /** The second connection is there: the session may begin. */
  private void begin(ChannelHandlerContext upstream) {
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
      promise.tryFailure(new IOException("it does not read what is sent to it"));
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

  /** The end of the second connection, on which nothing is heard. */
  private final class Upstream extends ChannelInboundHandlerAdapter {
    /** Behind TLS it comes to a connection that is there already. */
    @Override
    public void handlerAdded(ChannelHandlerContext upstream) {
      if (upstream.channel().isActive()) {
        begin(upstream);
      }
    }

    @Override
    public void channelActive(ChannelHandlerContext upstream) {
      begin(upstream);
    }

    @Override
    public void channelRead(ChannelHandlerContext upstream, Object message) {
      ReferenceCountUtil.release(message);
    }

    /** Without it no session can be kept alive. */
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
