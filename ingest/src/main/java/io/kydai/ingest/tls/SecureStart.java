package io.kydai.ingest.tls;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the TLS handshake before the next handlers are added, so that nothing is sent to a
 * camera whose certificate is refused.
 */
public final class SecureStart extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(SecureStart.class);
  private static final int MAX_MESSAGE = 100;

  private final Consumer<ChannelPipeline> secured;
  private final Consumer<String> failed;

  /**
   * Creates a handler, to be added after the {@code SslHandler}.
   *
   * @param secured called after a successful handshake; adds the next handlers at the end of the
   *     pipeline
   * @param failed called with the reason when the handshake failed; the reason continues the
   *     sentence "the camera …"
   */
  public SecureStart(Consumer<ChannelPipeline> secured, Consumer<String> failed) {
    this.secured = secured;
    this.failed = failed;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
      context.fireUserEventTriggered(event);
    } else if (handshake.isSuccess()) {
      secured.accept(context.pipeline());
      context.pipeline().remove(this);
    } else {
      String offered =
          TlsOffer.of(context.pipeline()).map(it -> "; it was offered " + it).orElse("");
      failed.accept(reason(handshake.cause(), offered));
      context.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // The handshake's failure was reported already, or will be when the connection ends.
    LOG.debug("{}: {}", context.channel().remoteAddress(), cause.toString());
    context.close();
  }

  private static String reason(Throwable cause, String offered) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof CertificateRefusedException refused) {
        return refused.getMessage();
      }
      if (at instanceof NotSslRecordException) {
        return "does not use TLS at this port, which rtsps:// requires";
      }
      if (at instanceof SslHandshakeTimeoutException) {
        return "did not finish the TLS handshake in time";
      }
      if (at instanceof ClosedChannelException) {
        return "closed the connection during the TLS handshake" + offered;
      }
    }
    String message = String.valueOf(cause.getMessage());
    return "failed the TLS handshake: "
        + message.substring(0, Math.min(MAX_MESSAGE, message.length())).replaceAll("[^ -~]", "?")
        + offered;
  }
}
