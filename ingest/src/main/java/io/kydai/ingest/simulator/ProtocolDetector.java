package io.kydai.ingest.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.kydai.ingest.simulator.fault.ResponseFault;
import io.kydai.ingest.simulator.message.Request;
import io.kydai.ingest.simulator.message.RequestDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Determines from the first bytes of a connection whether it carries RTSP or is one of the two
 * connections of RTSP tunnelled in HTTP (Apple, "Tunnelling RTSP and RTP through HTTP"). The
 * connection with GET carries all responses and media. The connection with POST and the same cookie
 * carries the requests in Base64. A client that sends nothing for {@value #TIMEOUT_SECONDS} s, or a
 * head of more than 16 KiB, is disconnected.
 */
final class ProtocolDetector extends ByteToMessageDecoder {
  /** The name of the handler after which a tunnel's requests enter a connection's pipeline. */
  static final String ENTRANCE = "entrance";

  private static final int MAX_HEAD = 16 << 10;
  private static final int TIMEOUT_SECONDS = 60;
  private static final Pattern COOKIE =
      Pattern.compile("(?im)^x-sessioncookie:\\s*([\\x21-\\x7e]{1,256})\\s*$");
  private static final String WELCOME =
      "HTTP/1.0 200 OK\r\nServer: Kydai camera simulator\r\nConnection: close\r\n"
          + "Cache-Control: no-store\r\nPragma: no-cache\r\n"
          + "Content-Type: application/x-rtsp-tunnelled\r\n\r\n";

  /** The method and the camera's name in the first line of GET or POST. */
  private static final Pattern NAME = Pattern.compile("(GET|POST) /([^/? ]+)");

  private static final Pattern AUTHORIZATION =
      Pattern.compile("(?im)^authorization:\\s*([^\\r\\n]+)");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Map<String, PlayedCamera> cameras;
  private final Tunnels tunnels;
  private final Supplier<ChannelHandler> session;

  /**
   * @param cameras the cameras by their names
   * @param session creates the handler of a connection's requests
   */
  ProtocolDetector(
      Map<String, PlayedCamera> cameras, Tunnels tunnels, Supplier<ChannelHandler> session) {
    this.cameras = cameras;
    this.tunnels = tunnels;
    this.session = session;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.executor().schedule(() -> closeIfSilent(ctx), TIMEOUT_SECONDS, TimeUnit.SECONDS);
    ctx.fireChannelActive();
  }

  /** Closes the connection if this handler still waits for the client's first bytes. */
  private static void closeIfSilent(ChannelHandlerContext ctx) {
    if (!ctx.isRemoved()) {
      ctx.close();
    }
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (in.readableBytes() < 5) {
      return;
    }
    String start = in.toString(in.readerIndex(), 5, US_ASCII);
    if (!start.startsWith("GET /") && !start.equals("POST ")) {
      startRtsp(ctx);
      return;
    }
    int limit = Math.min(MAX_HEAD, in.readableBytes());
    String head = in.toString(in.readerIndex(), limit, US_ASCII);
    int end = head.indexOf("\r\n\r\n");
    if (end < 0) {
      if (limit == MAX_HEAD) {
        throw new TooLongFrameException("a head is larger than " + MAX_HEAD + " bytes");
      }
      return;
    }
    Matcher cookie = COOKIE.matcher(head.substring(0, end));
    if (!cookie.find()) {
      throw new CorruptedFrameException("HTTP without the cookie of a tunnel");
    }
    in.skipBytes(end + 4);
    Optional<ClientAuthentication> refusing = refusing(head.substring(0, end));
    if (refusing.isPresent()) {
      String refusal = "HTTP/1.0 401 Unauthorized\r\n" + refusing.get().challenge() + "\r\n";
      ctx.writeAndFlush(Unpooled.copiedBuffer(refusal, US_ASCII))
          .addListener(ChannelFutureListener.CLOSE);
      return;
    }
    if (start.startsWith("GET")) {
      if (!tunnels.open(cookie.group(1), ctx.channel())) {
        throw new CorruptedFrameException("the cookie of another tunnel");
      }
      ctx.writeAndFlush(Unpooled.copiedBuffer(WELCOME, US_ASCII));
      startRtsp(ctx);
    } else {
      Optional<TunnelRelay> relay = tunnels.find(cookie.group(1)).map(TunnelRelay::new);
      ctx.pipeline().addLast(relay.orElseThrow(() -> new CorruptedFrameException("no tunnel")));
      ctx.pipeline().remove(this);
    }
  }

  /** Returns the authentication that refuses a tunnel's head; empty when the head is accepted. */
  private Optional<ClientAuthentication> refusing(String head) {
    Matcher line = NAME.matcher(head);
    Optional<PlayedCamera> asked =
        Optional.ofNullable(line.lookingAt() ? cameras.get(line.group(2)) : null)
            .filter(camera -> camera.fault().has(ResponseFault.Kind.TUNNEL_LOGIN));
    Matcher given = AUTHORIZATION.matcher(head);
    Map<String, String> headers = given.find() ? Map.of("authorization", given.group(1)) : Map.of();
    return asked.flatMap(
        camera ->
            Optional.ofNullable(camera.camera().login())
                .map(
                    login ->
                        camera.authentication(
                            () ->
                                new ClientAuthentication(
                                    login, ProtocolDetector::nonce, System::nanoTime)))
                .filter(one -> !one.accepts(new Request(line.group(1), line.group(2), headers))));
  }

  private static String nonce() {
    return HexFormat.of().toHexDigits(RANDOM.nextLong());
  }

  /** Adds the handlers for RTSP in place of this one. */
  private void startRtsp(ChannelHandlerContext ctx) {
    ctx.pipeline()
        .addLast(ENTRANCE, new ChannelInboundHandlerAdapter())
        .addLast(new RequestDecoder(), session.get())
        .remove(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
