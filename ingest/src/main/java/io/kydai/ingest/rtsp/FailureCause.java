package io.kydai.ingest.rtsp;

import io.kydai.ingest.rtsp.message.PrintableText;
import io.kydai.ingest.rtsp.message.RtspException;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Describes what an exception on a camera's connection means. */
final class FailureCause {
  private static final Logger LOG = LoggerFactory.getLogger(FailureCause.class);

  private FailureCause() {}

  /**
   * Returns the reason, which continues the sentence "the camera …". An exception that is neither
   * an {@link RtspException} nor an {@link IOException} is an internal error and is also logged.
   */
  static String reason(Throwable thrown, URI address) {
    Throwable cause =
        thrown instanceof DecoderException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (cause instanceof RtspException known) {
      return known.getMessage();
    }
    if (cause instanceof IOException) {
      return "broke the connection: " + PrintableText.of(cause);
    }
    // Only the host is logged: the query of some cameras' addresses holds the password.
    LOG.error("camera at {}: internal error", address.getRawAuthority(), cause);
    return "caused an internal error: " + cause.getClass().getSimpleName();
  }
}
