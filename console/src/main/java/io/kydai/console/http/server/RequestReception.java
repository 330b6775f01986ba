package io.kydai.console.http.server;

import static java.util.Objects.requireNonNull;

import io.kydai.console.http.answer.Json;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.origin.Headers;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the time in which requests of one HTTP/1.1 connection must arrive; stands between the
 * codec and the server.
 *
 * <ul>
 *   <li>A request's headers must be complete {@link Limits#HEAD_SECONDS} after its first byte (the
 *       first request's: after the connection's beginning), its body {@link Limits#BODY_SECONDS}
 *       later; else the answer is 408 (RFC 9110, section 15.5.9).
 *   <li>A body that the decoder cannot read (a chunk's size that is no number, endless chunk
 *       extensions or trailers) is answered with 400, a version other than HTTP/1.0 and 1.1 with
 *       505.
 *   <li>After such an answer further bytes are dropped for {@link Limits#LINGER_MILLIS}, and the
 *       connection is closed.
 *   <li>The {@link ConnectionLimiter} learns when the connection waits for a request.
 * </ul>
 *
 * An upgraded connection is left alone. All methods run on the connection's event loop.
 */
public final class RequestReception extends ChannelDuplexHandler {
  private static final String NAME = "reception";
  private static final String FIRST_BYTE = "first-byte";

  /** Vert.x's name for the handler of TLS. */
  private static final String TLS = "ssl";

  private enum Stage {
    /** Nothing of the next request has come. */
    KEPT,
    HEAD,
    BODY,
    /** The request is complete, the answer is not. */
    ANSWERING,
    /** The last answer is given. */
    DROPPING
  }

  private final ConnectionLimiter.Place place;
  private Stage stage = Stage.KEPT;
  private boolean begun;
  private boolean answerBegun;
  private @Nullable Future<?> deadline;
  private @Nullable ChannelHandlerContext context;

  private RequestReception(ConnectionLimiter.Place place) {
    this.place = requireNonNull(place);
  }

  /**
   * Puts itself into a connection's pipeline.
   *
   * @param codec name of the codec's last handler
   */
  public static void install(
      ChannelPipeline pipeline, String codec, ConnectionLimiter.Place place) {
    RequestReception reception = new RequestReception(place);
    pipeline.addAfter(codec, NAME, reception);
    ChannelInboundHandlerAdapter firstByte =
        new ChannelInboundHandlerAdapter() {
          @Override
          public void channelRead(ChannelHandlerContext context, Object message) {
            reception.bytesCame();
            context.fireChannelRead(message);
          }
        };
    // Bytes of TLS itself, such as of its end, are no request's.
    if (pipeline.get(TLS) == null) {
      pipeline.addFirst(FIRST_BYTE, firstByte);
    } else {
      pipeline.addAfter(TLS, FIRST_BYTE, firstByte);
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    expectHead();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    cancelDeadline();
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) {
    cancelDeadline();
    inactive.fireChannelInactive();
  }

  /** Set from the moment that it is put into the pipeline. */
  private ChannelHandlerContext context() {
    return requireNonNull(context);
  }

  private void bytesCame() {
    begun = true;
    if (stage == Stage.KEPT) {
      expectHead();
    }
  }

  private void expectHead() {
    stage = Stage.HEAD;
    setDeadline(Limits.HEAD_SECONDS, "The headers of a request must come within ");
  }

  private void setDeadline(int seconds, String what) {
    cancelDeadline();
    deadline =
        context()
            .executor()
            .schedule(() -> onLate(what + seconds + " s."), seconds, TimeUnit.SECONDS);
  }

  private void cancelDeadline() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }

  private void onLate(String detail) {
    if (begun) {
      refuse(Problem.of(408, detail));
    } else {
      context().close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext read, Object message) {
    if (stage == Stage.DROPPING) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpRequest request) {
      // One that cannot be read at all is the server's to refuse.
      onHead(request);
    } else if (message instanceof HttpContent content && content.decoderResult().isFailure()) {
      ReferenceCountUtil.release(message);
      refuse(Problem.of(400, "The body's chunks are not well-formed (RFC 9112, section 7.1)."));
      return;
    }
    if (stage == Stage.DROPPING) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof LastHttpContent) {
      cancelDeadline();
      stage = Stage.ANSWERING;
      place.busy();
    }
    read.fireChannelRead(message);
  }

  private void onHead(HttpRequest request) {
    HttpVersion version = request.protocolVersion();
    if (request.decoderResult().isSuccess()
        && !version.equals(HttpVersion.HTTP_1_1)
        && !version.equals(HttpVersion.HTTP_1_0)) {
      refuse(Problem.of(505, "This node speaks HTTP/1.1."));
      return;
    }
    stage = Stage.BODY;
    setDeadline(Limits.BODY_SECONDS, "The body of a request must come within ");
  }

  @Override
  public void write(ChannelHandlerContext writing, Object message, ChannelPromise promise) {
    if (stage == Stage.DROPPING) {
      // The server's own answer to what was cut off, too late.
      ReferenceCountUtil.release(message);
      promise.setSuccess();
      return;
    }
    if (message instanceof HttpResponse response) {
      if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
        leave(writing);
        writing.write(message, promise);
        return;
      }
      answerBegun = response.status().code() >= 200;
    }
    if (message instanceof LastHttpContent && answerBegun && stage == Stage.ANSWERING) {
      stage = Stage.KEPT;
      begun = false;
      answerBegun = false;
      place.waiting();
    }
    writing.write(message, promise);
  }

  /**
   * The connection becomes a WebSocket: it is no longer watched here, and is never closed for a new
   * one.
   */
  private void leave(ChannelHandlerContext writing) {
    cancelDeadline();
    place.busy();
    stage = Stage.ANSWERING;
    // Later, because the pipeline is being walked through now.
    ChannelPipeline pipeline = writing.pipeline();
    writing
        .executor()
        .execute(
            () -> {
              if (pipeline.get(NAME) != null) {
                pipeline.remove(NAME);
                pipeline.remove(FIRST_BYTE);
              }
            });
  }

  private void refuse(Problem problem) {
    cancelDeadline();
    stage = Stage.DROPPING;
    if (answerBegun) {
      context().close();
      return;
    }
    ChannelHandlerContext own = context();
    own.writeAndFlush(response(problem, own.pipeline().get(TLS) != null))
        .addListener(
            written ->
                own.executor()
                    .schedule(() -> own.close(), Limits.LINGER_MILLIS, TimeUnit.MILLISECONDS));
  }

  private static FullHttpResponse response(Problem problem, boolean secure) {
    byte[] body = Json.bytes(problem.document(null));
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(problem.status()),
            Unpooled.wrappedBuffer(body));
    Headers.EVERY.forEach((name, value) -> response.headers().set(name, value));
    if (secure) {
      response.headers().set(Headers.OVER_TLS.getKey(), Headers.OVER_TLS.getValue());
    }
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
    response.headers().set(HttpHeaderNames.CONNECTION, "close");
    return response;
  }
}
