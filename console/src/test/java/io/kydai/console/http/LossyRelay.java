package io.kydai.console.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A way over UDP that loses datagrams: every n-th one of media from the server to one browser.
 * Checks and handshakes pass.
 */
final class LossyRelay implements AutoCloseable {
  private final DatagramSocket near = new DatagramSocket(0, InetAddress.getLoopbackAddress());
  private final DatagramSocket far = new DatagramSocket(0, InetAddress.getLoopbackAddress());
  private final SocketAddress server;
  private final int lost;
  private final AtomicInteger media = new AtomicInteger();
  private volatile @Nullable SocketAddress browser;

  /**
   * @param lost of how many datagrams of media one is lost
   */
  LossyRelay(int port, int lost) throws SocketException {
    server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.lost = lost;
    pass(near, "to server");
    pass(far, "to browser");
  }

  /** The port that stands for the server's. */
  int port() {
    return near.getLocalPort();
  }

  private void pass(DatagramSocket from, String name) {
    Thread thread = new Thread(() -> pass(from), "relay " + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void pass(DatagramSocket from) {
    DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
    while (true) {
      try {
        packet.setLength(2_048);
        from.receive(packet);
        if (from == near) {
          browser = packet.getSocketAddress();
          packet.setSocketAddress(server);
          far.send(packet);
        } else if (!isLost(packet)) {
          packet.setSocketAddress(browser);
          near.send(packet);
        }
      } catch (SocketException e) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private boolean isLost(DatagramPacket packet) {
    return (packet.getData()[0] & 0xc0) == 0x80 && media.incrementAndGet() % lost == 0;
  }

  @Override
  public void close() {
    near.close();
    far.close();
  }
}
