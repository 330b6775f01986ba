package io.kydai.ingest.rtsp;

import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what an exception on a camera's connection means. */
final class FailureCause {
  private static final Logger LOG = LoggerFactory.getLogger(FailureCause.class);

  private FailureCause() {}

  /** Continues the sentence "the camera …". A fault of ours is logged besides. */
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
    // The host alone: some cameras take the password in the address's query.
    LOG.error("camera at {}: a fault of ours", address.getRawAuthority(), cause);
    return "met a fault of ours: " + cause.getClass().getSimpleName();
  }
}
