package io.kydai.ingest.simulator;

import io.kydai.ingest.simulator.SimulatedCamera.Login;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client: answers its requests, and has at most one session with one track. */
final class SessionHandler extends SimpleChannelInboundHandler<Request> {
  private static final Logger log = LoggerFactory.getLogger(SessionHandler.class);
  private static final String TRACK = "trackID=0";
  private static final int TIMEOUT_SECONDS = 60;
  private static final String METHODS =
      "OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, SET_PARAMETER, TEARDOWN";
  private static final Login NOBODY = new Login("", "", true);
  private static final Pattern PATH = Pattern.compile("rtsp://[^/]+/([^/?]+)(?:[/?].*)?");

  private final Map<String, PlayedCamera> cameras;
  private final PortPairs ports;
  private final Random random;
  private final String nonce;
  private final String session;
  private Optional<PlayedCamera> camera = Optional.empty();
  private Optional<MediaSink> sink = Optional.empty();
  private Optional<Player> player = Optional.empty();
  private long heard = System.nanoTime();

  SessionHandler(Map<String, PlayedCamera> cameras, PortPairs ports, Random random) {
    this.cameras = cameras;
    this.ports = ports;
    this.random = random;
    this.nonce = HexFormat.of().toHexDigits(random.nextLong());
    this.session = HexFormat.of().toHexDigits(random.nextLong());
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.executor().schedule(() -> endIfSilent(ctx), TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  /** Ends a session over UDP whose client is gone; over TCP the connection itself tells. */
  private void endIfSilent(ChannelHandlerContext ctx) {
    if (!ctx.channel().isActive()) {
      return;
    }
    boolean interleaved = sink.filter(MediaSink.Interleaved.class::isInstance).isPresent();
    long silent = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - heard);
    if (!interleaved && silent > TIMEOUT_SECONDS) {
      ctx.close();
    } else {
      ctx.executor().schedule(() -> endIfSilent(ctx), TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, Request request) {
    heard = System.nanoTime();
    if (request.method().equals("OPTIONS")) {
      answer(ctx, request, "200 OK", "Public: " + METHODS + "\r\n", "");
      return;
    }
    Matcher path = PATH.matcher(request.uri());
    PlayedCamera asked = path.matches() ? cameras.get(path.group(1)) : null;
    if (asked == null) {
      answer(ctx, request, "404 Not Found", "", "");
    } else if (asked.fault().equals(Optional.of(Fault.REBOOTING))) {
      answer(ctx, request, "503 Service Unavailable", "", "");
      ctx.close();
    } else if (!allowed(asked, request)) {
      // A camera that lets everybody in has a password only while it has the wrong one.
      Gate gate = new Gate(asked.camera().login().orElse(NOBODY), nonce);
      answer(
          ctx, request, "401 Unauthorized", "WWW-Authenticate: " + gate.challenge() + "\r\n", "");
    } else {
      serve(ctx, request, asked);
    }
  }

  private boolean allowed(PlayedCamera asked, Request request) {
    return !asked.fault().equals(Optional.of(Fault.WRONG_PASSWORD))
        && asked.camera().login().map(login -> new Gate(login, nonce).opens(request)).orElse(true);
  }

  private void serve(ChannelHandlerContext ctx, Request request, PlayedCamera asked) {
    String given = request.header("session").split(";", 2)[0].strip();
    boolean ours = given.equals(session) && sink.isPresent() && camera.equals(Optional.of(asked));
    if (!given.isEmpty() && !ours) {
      answer(ctx, request, "454 Session Not Found", "", "");
      return;
    }
    switch (request.method()) {
      case "DESCRIBE" -> describe(ctx, request, asked);
      case "SETUP" -> setup(ctx, request, asked);
      case "PLAY" -> {
        if (ours) {
          play(ctx, request);
        } else {
          answer(ctx, request, "455 Method Not Valid in This State", "", "");
        }
      }
      case "GET_PARAMETER", "SET_PARAMETER" -> answer(ctx, request, "200 OK", sessionHeader(), "");
      case "TEARDOWN" -> {
        end();
        answer(ctx, request, "200 OK", sessionHeader(), "");
      }
      default -> answer(ctx, request, "405 Method Not Allowed", "Allow: " + METHODS + "\r\n", "");
    }
  }

  private void describe(ChannelHandlerContext ctx, Request request, PlayedCamera asked) {
    String base = request.uri().endsWith("/") ? request.uri() : request.uri() + "/";
    answer(
        ctx,
        request,
        "200 OK",
        "Content-Type: application/sdp\r\nContent-Base: " + base + "\r\n",
        description(asked));
  }

  /** RFC 4566, with the parameters of RFC 6184, section 8.1. */
  private static String description(PlayedCamera camera) {
    byte[] sps = camera.clip().sps();
    Base64.Encoder base64 = Base64.getEncoder();
    return String.join(
        "\r\n",
        "v=0",
        "o=- 0 0 IN IP4 0.0.0.0",
        "s=" + camera.camera().name(),
        "c=IN IP4 0.0.0.0",
        "t=0 0",
        "a=control:*",
        "a=range:npt=now-",
        "m=video 0 RTP/AVP " + Packetizer.PAYLOAD_TYPE,
        "a=rtpmap:" + Packetizer.PAYLOAD_TYPE + " H264/90000",
        "a=fmtp:"
            + Packetizer.PAYLOAD_TYPE
            + " packetization-mode=1;profile-level-id="
            + HexFormat.of().formatHex(sps, 1, 4)
            + ";sprop-parameter-sets="
            + base64.encodeToString(sps)
            + ","
            + camera.clip().pps().stream()
                .map(base64::encodeToString)
                .collect(Collectors.joining(",")),
        "a=framerate:" + camera.camera().fps(),
        "a=control:" + TRACK,
        "");
  }

  private void setup(ChannelHandlerContext ctx, Request request, PlayedCamera asked) {
    if (sink.isPresent()) {
      answer(ctx, request, "455 Method Not Valid in This State", "", "");
      return;
    }
    Optional<TransportRequest> wanted = TransportRequest.parse(request.header("transport"));
    if (wanted.isEmpty()) {
      answer(ctx, request, "461 Unsupported Transport", "", "");
      return;
    }
    int first = wanted.get().first();
    int second = wanted.get().second();
    if (wanted.get().interleaved()) {
      ready(
          ctx,
          request,
          asked,
          new MediaSink.Interleaved(ctx.channel(), first, second),
          "RTP/AVP/TCP;unicast;interleaved=" + first + "-" + second);
      return;
    }
    InetSocketAddress client = (InetSocketAddress) ctx.channel().remoteAddress();
    InetSocketAddress rtpTo = new InetSocketAddress(client.getAddress(), first);
    InetSocketAddress rtcpTo = new InetSocketAddress(client.getAddress(), second);
    InetSocketAddress here = (InetSocketAddress) ctx.channel().localAddress();
    ports
        .open(ctx.channel().eventLoop(), here.getAddress(), packet -> hear(client, packet))
        .addListener(
            opened -> {
              if (!opened.isSuccess()) {
                log.warn("no pair of UDP ports for a client", opened.cause());
                answer(ctx, request, "500 Internal Server Error", "", "");
                return;
              }
              PortPairs.Pair pair = (PortPairs.Pair) opened.getNow();
              ready(
                  ctx,
                  request,
                  asked,
                  new MediaSink.Datagrams(pair.rtp(), pair.rtcp(), rtpTo, rtcpTo),
                  "RTP/AVP;unicast;client_port="
                      + rtpTo.getPort()
                      + "-"
                      + rtcpTo.getPort()
                      + ";server_port="
                      + pair.port()
                      + "-"
                      + (pair.port() + 1));
            });
  }

  /** RTCP shows that the client lives (RFC 2326, section 12.37), if it is the client's. */
  private void hear(InetSocketAddress client, DatagramPacket packet) {
    if (packet.sender().getAddress().equals(client.getAddress())) {
      heard = System.nanoTime();
    }
  }

  private void ready(
      ChannelHandlerContext ctx,
      Request request,
      PlayedCamera asked,
      MediaSink media,
      String transport) {
    if (!ctx.channel().isActive() || sink.isPresent()) {
      media.close();
      return;
    }
    camera = Optional.of(asked);
    sink = Optional.of(media);
    answer(
        ctx,
        request,
        "200 OK",
        "Transport: "
            + transport
            + "\r\nSession: "
            + session
            + ";timeout="
            + TIMEOUT_SECONDS
            + "\r\n",
        "");
  }

  private void play(ChannelHandlerContext ctx, Request request) {
    if (player.isEmpty()) {
      Player made = new Player(camera.orElseThrow(), ctx.channel(), sink.orElseThrow(), random);
      player = Optional.of(made);
      String base = request.uri().endsWith("/") ? request.uri() : request.uri() + "/";
      String info = "RTP-Info: " + made.rtpInfo(base + TRACK) + "\r\n";
      answer(ctx, request, "200 OK", sessionHeader() + "Range: npt=now-\r\n" + info, "");
      made.start();
    } else {
      answer(ctx, request, "200 OK", sessionHeader(), "");
    }
  }

  private String sessionHeader() {
    return sink.isPresent() ? "Session: " + session + "\r\n" : "";
  }

  private void end() {
    player.ifPresentOrElse(Player::stop, () -> sink.ifPresent(MediaSink::close));
    player = Optional.empty();
    sink = Optional.empty();
  }

  private static void answer(
      ChannelHandlerContext ctx, Request request, String status, String headers, String body) {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "RTSP/1.0 "
            + status
            + "\r\nCSeq: "
            + request.header("cseq")
            + "\r\nServer: Kydai camera simulator\r\n"
            + headers
            + (content.length == 0 ? "" : "Content-Length: " + content.length + "\r\n")
            + "\r\n";
    ctx.writeAndFlush(Unpooled.wrappedBuffer(head.getBytes(StandardCharsets.UTF_8), content));
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    end();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Channel client = ctx.channel();
    log.debug("client {} ended: {}", client.remoteAddress(), cause.toString());
    ctx.close();
  }
}
