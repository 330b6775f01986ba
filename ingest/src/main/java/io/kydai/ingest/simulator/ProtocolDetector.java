package io.kydai.ingest.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.kydai.ingest.simulator.fault.ResponseFault;
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
 * A connection's first bytes say what it is: RTSP, or one of the two halves of RTSP in HTTP (Apple,
 * "Tunnelling RTSP and RTP through HTTP"). The half that came with GET carries all answers and
 * media; the requests come base64-encoded through the one that came with POST and the same cookie.
 */
final class ProtocolDetector extends ByteToMessageDecoder {
  /** Where requests that came through a tunnel enter a connection's pipeline. */
  static final String ENTRANCE = "entrance";

  private static final int MAX_HEAD = 16 << 10;
  private static final int PATIENCE_SECONDS = 60;
  private static final Pattern COOKIE =
      Pattern.compile("(?im)^x-sessioncookie:\\s*([\\x21-\\x7e]{1,256})\\s*$");
  private static final String WELCOME =
      "HTTP/1.0 200 OK\r\nServer: Kydai camera simulator\r\nConnection: close\r\n"
          + "Cache-Control: no-store\r\nPragma: no-cache\r\n"
          + "Content-Type: application/x-rtsp-tunnelled\r\n\r\n";

  /** Of the first line of GET or POST: the camera's name. */
  private static final Pattern NAME = Pattern.compile("(GET|POST) /([^/? ]+)");

  private static final Pattern AUTHORIZATION =
      Pattern.compile("(?im)^authorization:\\s*([^\\r\\n]+)");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Map<String, PlayedCamera> cameras;
  private final Tunnels tunnels;
  private final Supplier<ChannelHandler> session;

  /**
   * @param cameras by their names
   * @param session makes the handler of a connection's requests
   */
  ProtocolDetector(
      Map<String, PlayedCamera> cameras, Tunnels tunnels, Supplier<ChannelHandler> session) {
    this.cameras = cameras;
    this.tunnels = tunnels;
    this.session = session;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.executor().schedule(() -> closeIfSilent(ctx), PATIENCE_SECONDS, TimeUnit.SECONDS);
    ctx.fireChannelActive();
  }

  /** It is still here as long as the client has not said what it wants. */
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
      enter(ctx);
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
    Optional<ClientAuthentication> closed = gate(head.substring(0, end));
    if (closed.isPresent()) {
      String refusal = "HTTP/1.0 401 Unauthorized\r\n" + closed.get().challenge() + "\r\n";
      ctx.writeAndFlush(Unpooled.copiedBuffer(refusal, US_ASCII))
          .addListener(ChannelFutureListener.CLOSE);
      return;
    }
    if (start.startsWith("GET")) {
      if (!tunnels.open(cookie.group(1), ctx.channel())) {
        throw new CorruptedFrameException("the cookie of another tunnel");
      }
      ctx.writeAndFlush(Unpooled.copiedBuffer(WELCOME, US_ASCII));
      enter(ctx);
    } else {
      Optional<TunnelRelay> relay = tunnels.find(cookie.group(1)).map(TunnelRelay::new);
      ctx.pipeline().addLast(relay.orElseThrow(() -> new CorruptedFrameException("no tunnel")));
      ctx.pipeline().remove(this);
    }
  }

  /** The gate of a camera that wants a log-in for the tunnel and has not got it. */
  private Optional<ClientAuthentication> gate(String head) {
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
                        camera.gate(
                            () ->
                                new ClientAuthentication(
                                    login, ProtocolDetector::nonce, System::nanoTime)))
                .filter(one -> !one.opens(new Request(line.group(1), line.group(2), headers))));
  }

  private static String nonce() {
    return HexFormat.of().toHexDigits(RANDOM.nextLong());
  }

  private void enter(ChannelHandlerContext ctx) {
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
