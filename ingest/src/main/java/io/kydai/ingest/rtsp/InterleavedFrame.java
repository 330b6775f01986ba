package io.kydai.ingest.rtsp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.DefaultByteBufHolder;

/** A packet between RTSP messages (RFC 2326, section 10.12). Its receiver releases it. */
final class InterleavedFrame extends DefaultByteBufHolder {
  private final int channel;

  InterleavedFrame(int channel, ByteBuf packet) {
    super(packet);
    this.channel = channel;
  }

  /** 0 to 255. */
  int channel() {
    return channel;
  }

  @Override
  public InterleavedFrame replace(ByteBuf content) {
    return new InterleavedFrame(channel, content);
  }
}
