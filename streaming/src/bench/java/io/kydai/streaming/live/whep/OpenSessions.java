package io.kydai.streaming.live.whep;

import io.kydai.streaming.live.whep.srtp.ProtectionProfile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Viewers by WebRTC of another process: each with a port of its own, the checks of ICE, a handshake
 * of DTLS, and AES-GCM as Chromium has it. Of what comes the bytes and the packets are counted;
 * nothing is decrypted, and nothing asked for again.
 */
public final class OpenSessions implements AutoCloseable {
  private static final int BUFFER = 1 << 20;

  /** A session that no check reaches for 30 s ends. */
  private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final int PATIENCE_MILLIS = 100;

  /** Has an offer answered, as {@code POST …/whep} does. */
  @FunctionalInterface
  public interface Answering {
    String answer(String offer) throws IOException;
  }

  private final Selector selector = Selector.open();
  private final List<TestBrowser> browsers = new ArrayList<>();
  private final Thread reader = new Thread(this::read, "bench-sessions");
  private volatile long bytes;
  private volatile long packets;
  private volatile boolean closing;
  private volatile boolean failed;

  /** Creates none yet. */
  public OpenSessions() throws IOException {
    reader.setDaemon(true);
  }

  /**
   * Opens a session.
   *
   * @param server where its UDP port is, on this machine
   */
  public void open(InetSocketAddress server, Answering answering) throws IOException {
    try {
      TestBrowser browser = new TestBrowser(ProtectionProfile.AEAD_AES_128_GCM);
      browsers.add(browser);
      browser.socket.setReceiveBufferSize(BUFFER);
      browser.answer(answering.answer(browser.offer()), server.getPort());
      browser.connect();
      browser.channel.configureBlocking(false).register(selector, SelectionKey.OP_READ);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("no session: " + e, e);
    }
  }

  /** Reads from here on. */
  public void start() {
    reader.start();
  }

  private void read() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
    long checked = System.nanoTime();
    try {
      while (!closing) {
        selector.select(PATIENCE_MILLIS);
        for (SelectionKey key : selector.selectedKeys()) {
          take((DatagramChannel) key.channel(), buffer);
        }
        selector.selectedKeys().clear();
        if (System.nanoTime() - checked > CHECK_NANOS) {
          checked = System.nanoTime();
          for (TestBrowser browser : browsers) {
            browser.send(browser.check());
          }
        }
      }
    } catch (Exception e) {
      failed = true;
      System.err.println("WebRTC: " + e);
    }
  }

  /** Only this thread writes the counts. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  private void take(DatagramChannel channel, ByteBuffer buffer) throws IOException {
    while (channel.receive(buffer.clear()) != null) {
      bytes += buffer.position();
      packets++;
    }
  }

  /** The number of sessions. */
  public int count() {
    return browsers.size();
  }

  /** The bytes of the datagrams that came. */
  public long bytes() throws IOException {
    if (failed) {
      throw new IOException("WebRTC: a viewer failed");
    }
    return bytes;
  }

  /** The number of datagrams that came. */
  public long packets() {
    return packets;
  }

  @Override
  public void close() throws IOException {
    closing = true;
    selector.wakeup();
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    selector.close();
    browsers.forEach(TestBrowser::close);
  }
}
