package io.kydai.ingest.rtsp.transport;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The transport that carries the RTP and RTCP packets of a session's tracks. Tracks are numbered
 * from 0, in the order of their SETUP; when a SETUP was refused, its index may be used again for
 * the next track. All methods are called on the session's event loop.
 */
public interface RtpTransport {
  /** Receives the packets that arrive. */
  interface Receiver {
    /**
     * Called for each packet.
     *
     * @param index the track's index
     * @param control true for an RTCP packet, false for an RTP packet
     * @param packet borrowed until the call returns
     */
    void packet(int index, boolean control, ByteBuf packet);
  }

  /**
   * Prepares to receive a track's packets.
   *
   * @param index the track's index
   * @param ready called with the value of the {@code Transport} field for the SETUP request
   * @param failed called with the reason when the track cannot be received; the reason continues
   *     the sentence "the camera …"
   */
  void prepare(int index, Consumer<String> ready, Consumer<String> failed);

  /**
   * Applies the {@code Transport} field of the camera's response to SETUP.
   *
   * @param index the track's index
   * @param transportField the value of the field; null when the response has none
   * @throws TransportRefusedException when the field names another transport than the requested one
   */
  void onSetupResponse(int index, @Nullable String transportField) throws TransportRefusedException;

  /** Called when the camera has agreed to play. */
  default void onPlaying() {}

  /** Returns whether interleaved frames with that channel number carry packets of a track. */
  default boolean isAssigned(int channel) {
    return false;
  }

  /**
   * Passes the packet of an interleaved frame to the receiver. A packet on a channel that belongs
   * to no track is ignored.
   *
   * @param channel the channel number, 0 to 255
   * @param packet borrowed until the call returns
   */
  default void frame(int channel, ByteBuf packet) {}

  /** Sends an RTCP packet and releases it. A packet that cannot be sent at once is dropped. */
  void sendControl(int index, ByteBuf packet);

  /** Closes the ports that the transport opened. Does nothing for an interleaved transport. */
  default void close() {}
}
