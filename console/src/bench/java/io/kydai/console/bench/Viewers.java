package io.kydai.console.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Live viewers, each with a WebSocket, of which the bytes are counted and nothing else. */
final class Viewers implements AutoCloseable {
  private final Selector selector = Selector.open();
  private final AtomicLong bytes = new AtomicLong();
  private volatile boolean closing;
  private final Thread reader = new Thread(this::read, "bench-viewers");

  Viewers(int port, int count, String credentials) throws IOException {
    for (int i = 0; i < count; i++) {
      SocketChannel socket =
          SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.write(
          StandardCharsets.ISO_8859_1.encode(
              "GET /api/v1/cameras/c"
                  + i % 50
                  + "/live HTTP/1.1\r\nHost: 127.0.0.1:"
                  + port
                  + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                  + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                  + credentials
                  + "\r\n\r\n"));
      String status = HttpLoad.line(socket.socket().getInputStream());
      if (!status.contains(" 101 ")) {
        throw new IOException("no WebSocket: " + status);
      }
      socket.configureBlocking(false);
      socket.register(selector, SelectionKey.OP_READ);
    }
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
    try {
      while (!closing) {
        selector.select();
        for (SelectionKey key : selector.selectedKeys()) {
          buffer.clear();
          int read = ((SocketChannel) key.channel()).read(buffer);
          if (read < 0) {
            throw new IOException("a viewer was closed");
          }
          bytes.addAndGet(read);
        }
        selector.selectedKeys().clear();
      }
    } catch (IOException e) {
      System.err.println("a viewer failed: " + e);
      bytes.set(Long.MIN_VALUE);
    }
  }

  /** The number of bytes that all have received. */
  long bytes() {
    return bytes.get();
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
    List<SelectionKey> keys = List.copyOf(selector.keys());
    selector.close();
    for (SelectionKey key : keys) {
      key.channel().close();
    }
  }
}
