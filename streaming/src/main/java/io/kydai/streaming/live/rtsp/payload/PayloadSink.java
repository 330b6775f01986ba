package io.kydai.streaming.live.rtsp.payload;

import java.nio.ByteBuffer;

/** Takes the payloads of one access unit, in order. */
@FunctionalInterface
public interface PayloadSink {
  /**
   * Takes a payload: the head, and behind it a part of the data. Both are borrowed for the call.
   *
   * @param head from its position to its limit
   * @param data of which {@code length} bytes from the index {@code offset} on are meant; its
   *     position does not count
   * @param last whether it is the access unit's last, which RTP's marker says
   */
  void accept(ByteBuffer head, ByteBuffer data, int offset, int length, boolean last);
}
