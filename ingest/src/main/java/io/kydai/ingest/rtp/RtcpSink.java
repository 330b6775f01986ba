package io.kydai.ingest.rtp;

import io.netty.buffer.ByteBuf;

/** Where RTCP packets go on their way to the camera. */
@FunctionalInterface
public interface RtcpSink {
  /** Takes a compound packet, and owns it. */
  void send(ByteBuf compound);
}
