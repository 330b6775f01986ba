package io.kydai.ingest.rtp;

import io.netty.buffer.ByteBuf;

/** Sends RTCP packets to the camera. */
@FunctionalInterface
public interface RtcpSink {
  /** Sends a compound packet and releases it. */
  void send(ByteBuf compound);
}
