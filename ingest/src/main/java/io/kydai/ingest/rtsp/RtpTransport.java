package io.kydai.ingest.rtsp;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How the packets of a session's tracks travel. Tracks have places, from 0; a place whose SETUP was
 * refused may be offered again for another track. All is called on the session's event loop.
 */
interface RtpTransport {
  /** Takes the packets that come. */
  interface Receiver {
    /**
     * @param control whether it is RTCP rather than RTP
     * @param packet borrowed
     */
    void packet(int place, boolean control, ByteBuf packet);
  }

  /**
   * Gets a place ready.
   *
   * @param ready hears the {@code Transport} field to ask for
   * @param failed hears why there is none; continues the sentence "the camera …"
   */
  void offer(int place, Consumer<String> ready, Consumer<String> failed);

  /**
   * Takes the camera's answer for a place.
   *
   * @param answer its {@code Transport} field; null where it gave none
   * @throws TransportRefusedException when the camera wants to send in another way
   */
  void agreed(int place, @Nullable String answer) throws TransportRefusedException;

  /** The camera plays from now on. */
  default void playing() {}

  /** Whether packets of a track come in frames of that channel. */
  default boolean knows(int channel) {
    return false;
  }

  /**
   * Shows an interleaved frame's packet to the receiver; one on a channel of no track is passed
   * over.
   *
   * @param channel 0 to 255
   * @param packet borrowed
   */
  default void frame(int channel, ByteBuf packet) {}

  /** Sends an RTCP packet, which it releases; drops it where it cannot leave at once. */
  void sendControl(int place, ByteBuf packet);

  /** Lets go of what it opened. */
  default void close() {}
}
