package io.kydai.ingest.onvif.soap;

import io.kydai.ingest.connect.AddressRefusedException;
import io.kydai.ingest.onvif.soap.OnvifException.Kind;
import io.kydai.ingest.source.HostAndPort;
import io.kydai.ingest.tls.CertificateRefusedException;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.resolver.AddressResolverGroup;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP client for single POST requests. Each request has its own connection, because many
 * cameras close a connection that they promise to keep open. Redirects are not followed and
 * compressed responses are not supported.
 *
 * <table>
 * <caption>Limits; a request that exceeds one of them fails</caption>
 * <tr><th>what</th><th>limit</th></tr>
 * <tr><td>time to connect; for the TLS handshake</td><td>3 s; 5 s</td></tr>
 * <tr><td>time for the whole request</td><td>the caller's {@code patience}</td></tr>
 * <tr><td>a response's status line; its header; its body</td><td>4 KiB; 16 KiB; 512 KiB</td></tr>
 * <tr><td>concurrent requests</td><td>256</td></tr>
 * </table>
 */
public final class HttpExchange {
  private static final int CONNECT_MILLIS = 3_000;
  private static final int MAX_CONCURRENT = 256;

  /**
   * A response.
   *
   * @param status the status code
   * @param date the value of the {@code Date} field, unparsed; null when there is none
   * @param challenges the values of the {@code WWW-Authenticate} fields
   */
  public record Answer(int status, @Nullable String date, List<String> challenges, byte[] body) {}

  private final EventLoopGroup loop;
  private final AddressResolverGroup<InetSocketAddress> names;
  private final AtomicInteger running = new AtomicInteger();

  /**
   * Creates exchanges on event loops of the caller.
   *
   * @param names resolves the names of hosts
   */
  public HttpExchange(EventLoopGroup loop, AddressResolverGroup<InetSocketAddress> names) {
    this.loop = loop;
    this.names = names;
  }

  /**
   * Sends a request.
   *
   * @param target an address with a host
   * @param tls the TLS context for an {@code https} target; null for {@code http}
   * @param authorization the value of the {@code Authorization} field; null for none
   * @param patience the time limit for the whole request
   * @return a future that fails with an {@link OnvifException}
   */
  public CompletableFuture<Answer> post(
      URI target,
      @Nullable SslContext tls,
      String contentType,
      byte[] body,
      @Nullable String authorization,
      Duration patience) {
    HostAndPort at =
        HostAndPort.of(target)
            .orElseThrow(() -> new IllegalArgumentException("an address with a host is needed"));
    String host = target.getRawAuthority();
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    if (running.incrementAndGet() > MAX_CONCURRENT) {
      running.decrementAndGet();
      answer.completeExceptionally(
          new OnvifException(
              Kind.UNREACHABLE, host, "is not contacted: too many ONVIF requests are running"));
      return answer;
    }
    answer.whenComplete((got, failure) -> running.decrementAndGet());
    int port = at.port() >= 0 ? at.port() : tls != null ? 443 : 80;
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .resolver(names)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    pipeline(channel, tls, withoutBrackets(at.host()), port, host, answer);
                  }
                });
    ChannelFuture connecting;
    try {
      connecting = bootstrap.connect(withoutBrackets(at.host()), port);
    } catch (RuntimeException e) {
      fail(answer, host, e);
      return answer;
    }
    Channel channel = connecting.channel();
    var deadline =
        loop.schedule(
            () -> {
              answer.completeExceptionally(
                  new OnvifException(
                      Kind.UNREACHABLE,
                      host,
                      "does not answer within " + patience.toMillis() / 1000.0 + " s"));
            },
            patience.toMillis(),
            TimeUnit.MILLISECONDS);
    connecting.addListener(
        done -> {
          if (done.isSuccess()) {
            channel
                .writeAndFlush(request(target, host, contentType, body, authorization))
                .addListener(
                    written -> {
                      if (!written.isSuccess()) {
                        fail(answer, host, written.cause());
                      }
                    });
          } else {
            fail(answer, host, done.cause());
          }
        });
    answer.whenComplete(
        (got, failure) -> {
          deadline.cancel(false);
          channel.close();
        });
    return answer;
  }

  private static void pipeline(
      Channel channel,
      @Nullable SslContext tls,
      String peer,
      int port,
      String host,
      CompletableFuture<Answer> answer) {
    ChannelPipeline pipeline = channel.pipeline();
    if (tls != null) {
      SslHandler handler = tls.newHandler(channel.alloc(), peer, port);
      handler.setHandshakeTimeoutMillis(5_000);
      pipeline.addLast(handler);
    }
    pipeline.addLast(new HttpClientCodec(4 * 1024, 16 * 1024, 8 * 1024));
    pipeline.addLast(new HttpObjectAggregator(XmlReader.MAX_BYTES));
    pipeline.addLast(new Receiver(host, answer));
  }

  private static FullHttpRequest request(
      URI target, String host, String contentType, byte[] body, @Nullable String authorization) {
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.POST,
            requestTarget(target),
            Unpooled.wrappedBuffer(body));
    request
        .headers()
        .set(HttpHeaderNames.HOST, host)
        .set(HttpHeaderNames.CONNECTION, "close")
        .set(HttpHeaderNames.CONTENT_TYPE, contentType)
        .set(HttpHeaderNames.CONTENT_LENGTH, body.length);
    if (authorization != null) {
      request.headers().set(HttpHeaderNames.AUTHORIZATION, authorization);
    }
    return request;
  }

  /** Returns the path and query as they are written in the request line. */
  static String requestTarget(URI target) {
    String path =
        target.getRawPath() == null || target.getRawPath().isEmpty() ? "/" : target.getRawPath();
    return target.getRawQuery() == null ? path : path + "?" + target.getRawQuery();
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static void fail(CompletableFuture<Answer> answer, String host, Throwable cause) {
    answer.completeExceptionally(
        cause instanceof OnvifException known
            ? known
            : new OnvifException(kind(cause), host, reason(cause)));
  }

  private static Kind kind(Throwable cause) {
    return cause instanceof TooLongFrameException ? Kind.MALFORMED : Kind.UNREACHABLE;
  }

  private static String reason(Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof CertificateRefusedException refused) {
        return refused.getMessage();
      }
    }
    Throwable root = cause.getCause() instanceof SSLException tls ? tls : cause;
    if (root instanceof SSLException) {
      return "does not use TLS at this port, or no version or cipher suite that is supported";
    } else if (root instanceof TooLongFrameException) {
      return "answers with more than 512 KiB";
    } else if (root instanceof UnknownHostException) {
      return "cannot be found: no such host name";
    } else if (root instanceof AddressRefusedException refused) {
      return refused.getMessage();
    } else if (root instanceof ConnectException) {
      return "cannot be connected to";
    }
    return "closed the connection";
  }

  /** Receives the response. */
  private static final class Receiver extends SimpleChannelInboundHandler<FullHttpResponse> {
    private final String host;
    private final CompletableFuture<Answer> answer;

    Receiver(String host, CompletableFuture<Answer> answer) {
      this.host = host;
      this.answer = answer;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
      if (response.decoderResult().isFailure()) {
        answer.completeExceptionally(
            new OnvifException(Kind.MALFORMED, host, "sends a response that is not HTTP"));
        return;
      }
      answer.complete(
          new Answer(
              response.status().code(),
              response.headers().get(HttpHeaderNames.DATE),
              List.copyOf(response.headers().getAll(HttpHeaderNames.WWW_AUTHENTICATE)),
              ByteBufUtil.getBytes(response.content())));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      answer.completeExceptionally(
          new OnvifException(Kind.UNREACHABLE, host, "closed the connection without an answer"));
      context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      fail(answer, host, cause);
      context.close();
    }
  }
}
