package io.kydai.streaming.live.whep.dtls;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DatagramTransport;

/**
 * What a browser's datagrams of DTLS wait in until the thread that handles them comes. Safe for
 * many threads.
 *
 * <p>Bound: {@value #MOST} datagrams of at most {@value #LARGEST} bytes; what comes beyond it is
 * dropped, as the network may do, and the browser sends its flight again.
 */
final class DatagramQueue implements DatagramTransport {
  static final int MOST = 32;
  static final int LARGEST = 2_048;

  /** Fits the smallest way that IPv6 has. */
  private static final int LARGEST_SENT = 1_200;

  /** Wakes who waits when the queue is closed. */
  private static final byte[] NOTHING = new byte[0];

  private final BlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>(MOST + 1);
  private final Consumer<byte[]> out;
  private volatile boolean closed;

  /**
   * @param out sends a datagram to the browser; must not wait
   */
  DatagramQueue(Consumer<byte[]> out) {
    this.out = requireNonNull(out);
  }

  /** Puts a datagram into it. */
  void offer(byte[] datagram) {
    if (!closed && waiting.size() < MOST && datagram.length <= LARGEST) {
      waiting.add(datagram);
    }
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public int getReceiveLimit() {
    return LARGEST;
  }

  @Override
  public int getSendLimit() {
    return LARGEST_SENT;
  }

  @Override
  public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
    if (closed) {
      throw new IOException("the session has ended");
    }
    try {
      byte[] datagram = waiting.poll(waitMillis, TimeUnit.MILLISECONDS);
      if (datagram == null || datagram.length == 0) {
        return -1;
      }
      int size = Math.min(length, datagram.length);
      System.arraycopy(datagram, 0, buffer, offset, size);
      return size;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  @Override
  public void send(byte[] buffer, int offset, int length) {
    out.accept(Arrays.copyOfRange(buffer, offset, offset + length));
  }

  @Override
  public void close() {
    closed = true;
    waiting.offer(NOTHING);
  }
}
