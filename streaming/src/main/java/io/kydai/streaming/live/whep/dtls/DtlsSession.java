package io.kydai.streaming.live.whep.dtls;

import static java.util.Objects.requireNonNull;

import io.kydai.streaming.live.whep.srtp.MasterKeys;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.jspecify.annotations.Nullable;

/**
 * DTLS with one browser: a handshake, which begins with the browser's first datagram and takes
 * {@value SrtpServer#TIMEOUT_MILLIS} ms at most, and then what little comes behind it. The library
 * waits for datagrams, so it has a thread of a pool for a handshake's time. Safe for many threads.
 */
public final class DtlsSession implements AutoCloseable {
  /** Hears of a session, on a thread of the pool. */
  public interface Listener {
    /** The handshake is over; SRTP may be sent. */
    void onKeys(MasterKeys keys);

    /**
     * There is no session any more.
     *
     * @param reason in words, without a secret
     */
    void onEnd(String reason);
  }

  private final NodeCertificate certificate;
  private final Fingerprint expected;
  private final Executor threads;
  private final Listener listener;
  private final DatagramQueue queue;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final AtomicBoolean reading = new AtomicBoolean();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile @Nullable DTLSTransport established;

  /**
   * @param expected of the browser's certificate
   * @param out sends a datagram to the browser; must not wait
   * @param threads runs handshakes; may refuse
   */
  public DtlsSession(
      NodeCertificate certificate,
      Fingerprint expected,
      Consumer<byte[]> out,
      Executor threads,
      Listener listener) {
    this.certificate = requireNonNull(certificate);
    this.expected = requireNonNull(expected);
    this.threads = requireNonNull(threads);
    this.listener = requireNonNull(listener);
    queue = new DatagramQueue(out);
  }

  /**
   * Takes a datagram of the browser.
   *
   * @param datagram is kept
   */
  public void receive(byte[] datagram) {
    queue.offer(datagram);
    if (!begun.getAndSet(true)) {
      run(this::shakeHands);
    } else if (established != null && !reading.getAndSet(true)) {
      run(this::read);
    }
  }

  private void run(Runnable task) {
    try {
      threads.execute(task);
    } catch (RejectedExecutionException e) {
      end("too many handshakes at a time");
    }
  }

  private void shakeHands() {
    try {
      SrtpServer server = new SrtpServer(certificate, expected);
      DTLSTransport transport = new DTLSServerProtocol().accept(server, queue);
      established = transport;
      listener.onKeys(server.keys());
    } catch (IOException e) {
      end("the handshake failed: " + e.getMessage());
    }
  }

  /** The browser's last flight, where it has not heard of ours, or its goodbye. */
  private void read() {
    DTLSTransport transport = requireNonNull(established);
    byte[] buffer = new byte[DatagramQueue.LARGEST];
    try {
      do {
        while (!queue.isEmpty() && !queue.isClosed()) {
          transport.receive(buffer, 0, buffer.length, 1);
        }
        reading.set(false);
      } while (!queue.isEmpty() && !queue.isClosed() && !reading.getAndSet(true));
    } catch (IOException e) {
      end("the browser ended it: " + e.getMessage());
    }
    if (queue.isClosed()) {
      end("the browser ended it");
    }
  }

  private void end(String reason) {
    queue.close();
    if (!ended.getAndSet(true)) {
      listener.onEnd(reason);
    }
  }

  /** Tells the browser the end, where there was a handshake; the listener hears nothing more. */
  @Override
  public void close() {
    ended.set(true);
    DTLSTransport transport = established;
    if (transport == null || queue.isClosed()) {
      queue.close();
      return;
    }
    run(
        () -> {
          try {
            transport.close();
          } catch (IOException e) {
            // The queue sends without waiting and without failing.
            throw new IllegalStateException(e);
          } finally {
            queue.close();
          }
        });
  }
}
