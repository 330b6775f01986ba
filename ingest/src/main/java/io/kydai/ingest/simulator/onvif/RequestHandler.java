package io.kydai.ingest.simulator.onvif;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kydai.ingest.simulator.onvif.SimulatedDevice.Reply;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Processes SOAP requests to the simulated device. */
final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);
  private static final Pattern TIMEOUT = Pattern.compile("Timeout>PT([0-9]{1,2})S<");
  private static final long LONGEST_SECONDS = 20;

  private final SimulatedDevice device;

  RequestHandler(SimulatedDevice device) {
    this.device = device;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    if (!request.method().equals(HttpMethod.POST)) {
      send(context, HttpResponseStatus.METHOD_NOT_ALLOWED, "", null);
      return;
    }
    String envelope = request.content().toString(UTF_8);
    String operation = SimulatedDevice.operation(envelope);
    String authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION);
    boolean isPublic = operation.equals("GetSystemDateAndTime");
    if (!isPublic && !device.authentication().accepts(envelope, authorization, request.uri())) {
      Optional<String> challenge = device.authentication().challenge();
      if (challenge.isPresent()) {
        send(context, HttpResponseStatus.UNAUTHORIZED, "", challenge.get());
      } else {
        send(context, device.refusal());
      }
    } else if (operation.equals("PullMessages")) {
      pull(context, envelope);
    } else {
      send(context, device.answer(request.uri(), envelope));
    }
  }

  private void pull(ChannelHandlerContext context, String envelope) {
    Matcher timeout = TIMEOUT.matcher(envelope);
    long seconds = Math.min(LONGEST_SECONDS, timeout.find() ? Long.parseLong(timeout.group(1)) : 1);
    Consumer<Reply> receiver = reply -> send(context, reply);
    device.pull(receiver);
    context.executor().schedule(() -> device.stopWaiting(receiver), seconds, TimeUnit.SECONDS);
  }

  private static void send(ChannelHandlerContext context, Reply reply) {
    send(context, HttpResponseStatus.valueOf(reply.status()), reply.envelope(), null);
  }

  private static void send(
      ChannelHandlerContext context,
      HttpResponseStatus status,
      String body,
      @Nullable String challenge) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body.getBytes(UTF_8)));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "application/soap+xml; charset=utf-8")
        .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
        .set(HttpHeaderNames.CONNECTION, "close");
    if (challenge != null) {
      response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, challenge);
    }
    context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("simulated ONVIF device: {}", cause.toString());
    context.close();
  }
}
