package io.kydai.streaming.live.rtsp.payload;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.Codec;

/**
 * Cuts the access units of one stream into RTP payloads. One thread at a time: headers are written
 * into a buffer that is used again.
 */
public interface PayloadFormat {
  /**
   * The most bytes of a payload. With the headers of RTP, UDP and IPv6 it fits a frame of 1,500
   * bytes with room for a tunnel.
   */
  int MOST_BYTES = 1_380;

  /** Returns the format of a codec. */
  static PayloadFormat of(Codec codec) {
    return switch (codec) {
      case H264 -> NalPayloads.h264(MOST_BYTES);
      case H265 -> NalPayloads.h265(MOST_BYTES);
      case JPEG -> new JpegPayloads(MOST_BYTES);
    };
  }

  /**
   * Cuts an access unit.
   *
   * @throws UnpayloadableException when the format has no form for it; nothing was handed out then
   */
  void cut(AccessUnit unit, PayloadSink sink) throws UnpayloadableException;
}
