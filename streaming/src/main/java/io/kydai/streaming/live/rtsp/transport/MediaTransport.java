package io.kydai.streaming.live.rtsp.transport;

import io.netty.buffer.ByteBuf;

/**
 * The way of a viewer's packets. Packets are written on the thread of the camera's stream, those of
 * a picture as one batch, and sent on the channel's event loop. Safe for many threads, but for
 * {@link Batch}, which one thread has.
 *
 * <p>Bound: while more than {@value #MOST_UNSENT} bytes wait, it is not {@link #ready}; who sends
 * nevertheless adds to them.
 */
public interface MediaTransport {
  /** Two seconds of 4 Mbit/s, as of the live WebSocket. */
  int MOST_UNSENT = 1024 * 1024;

  /** Returns whether the next picture would be sent rather than piled up. */
  default boolean ready() {
    return unsent() < MOST_UNSENT;
  }

  /** Returns the bytes that wait to be sent. */
  long unsent();

  /** Returns the bytes that were sent so far. */
  long sent();

  /** Begins a batch of packets. */
  Batch begin();

  /** Returns the {@code Transport} header that describes it (RFC 2326, section 12.39). */
  String header();

  /** Sends nothing more, and releases what waits. Runs on the connection's event loop. */
  void close();

  /** The packets of one picture, in order; closing it without {@link #send} releases them. */
  interface Batch extends AutoCloseable {
    /**
     * Begins a packet.
     *
     * @param length of the whole packet, in bytes
     * @return where exactly that many bytes are to be written; the batch owns it
     */
    ByteBuf packet(boolean rtcp, int length);

    /** Hands the packets over to be sent. The batch is closed then. */
    void send();

    @Override
    void close();
  }
}
