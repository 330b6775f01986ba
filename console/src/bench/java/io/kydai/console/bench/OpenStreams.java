package io.kydai.console.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Connections on which a server sends without being asked again, of which the bytes are counted,
 * and the longest time without any.
 */
final class OpenStreams implements AutoCloseable {
  /** Of what came last on a connection that the server closes, where it may say why. */
  private static final int LAST_WORDS = 160;

  private final String way;
  private final Selector selector = Selector.open();
  private final List<SocketChannel> silent = new ArrayList<>();
  private final List<Counted> all = new ArrayList<>();
  private final Thread reader = new Thread(this::read, "bench-streams");
  private volatile boolean closing;
  private volatile boolean failed;

  /** One connection's account. */
  private static final class Counted {
    private final int number;
    private final long openedAt = System.nanoTime();
    private long bytes;
    private long lastAt = openedAt;
    private long longest;
    private byte[] last = new byte[0];

    Counted(int number) {
      this.number = number;
    }

    /** Takes account of what was read, from the buffer's beginning to its position. */
    synchronized void add(ByteBuffer read) {
      int more = read.position();
      last = new byte[Math.min(more, LAST_WORDS)];
      read.get(more - last.length, last);
      long now = System.nanoTime();
      bytes += more;
      longest = Math.max(longest, now - lastAt);
      lastAt = now;
    }

    synchronized long bytes() {
      return bytes;
    }

    synchronized long longest() {
      return longest;
    }

    synchronized void forget() {
      longest = 0;
    }

    /** Says when the server closed this connection, and what it said last, as far as it is text. */
    synchronized String ended() {
      return String.format(
          Locale.ROOT,
          "viewer %d was closed after %.1f s and %d bytes, the last %.1f s ago: %s",
          number,
          (System.nanoTime() - openedAt) / 1e9,
          bytes,
          (System.nanoTime() - lastAt) / 1e9,
          new String(last, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]+", "."));
    }
  }

  /**
   * @param way what they show, for who reads of a failure
   */
  OpenStreams(String way) throws IOException {
    this.way = way;
    reader.setDaemon(true);
  }

  /**
   * Opens a connection.
   *
   * @param requests each is sent when the answer to the one before has come
   * @param reads whether what comes behind the last answer is read
   */
  void open(int port, boolean reads, String... requests) throws IOException {
    SocketChannel socket = SocketChannel.open();
    if (!reads) {
      socket.socket().setReceiveBufferSize(16 * 1024);
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    String session = "";
    for (String request : requests) {
      socket.write(StandardCharsets.ISO_8859_1.encode(request.replace("{session}", session)));
      String head = head(socket);
      if (!head.matches("(?s)\\S+ (200|101) .*")) {
        throw new IOException("refused: " + head);
      }
      session = head.replaceAll("(?s).*\r\nSession: ([0-9a-f]+).*|.*", "$1");
    }
    if (!reads) {
      silent.add(socket);
      return;
    }
    Counted counted = new Counted(all.size());
    all.add(counted);
    socket.configureBlocking(false);
    socket.register(selector, SelectionKey.OP_READ, counted);
  }

  /** An answer's head, byte for byte: what comes behind it is another's. */
  private static String head(SocketChannel socket) throws IOException {
    StringBuilder head = new StringBuilder();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (head.indexOf("\r\n\r\n") < 0) {
      if (socket.read(one.clear()) < 0) {
        throw new IOException("closed behind: " + head);
      }
      head.append((char) one.get(0));
    }
    return head.toString();
  }

  /** Reads from here on. */
  void start() {
    reader.start();
  }

  private void read() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
    try {
      while (!closing) {
        selector.select();
        for (SelectionKey key : selector.selectedKeys()) {
          Counted viewer = (Counted) key.attachment();
          int read = ((SocketChannel) key.channel()).read(buffer.clear());
          if (read < 0) {
            throw new IOException(viewer.ended());
          }
          viewer.add(buffer);
        }
        selector.selectedKeys().clear();
      }
    } catch (IOException e) {
      failed = true;
      System.err.println(way + ": " + e.getMessage());
    }
  }

  long bytes() throws IOException {
    if (failed) {
      throw new IOException(way + ": a viewer failed");
    }
    return all.stream().mapToLong(Counted::bytes).sum();
  }

  /** Begins to look for the longest silences anew. */
  void forget() {
    all.forEach(Counted::forget);
  }

  /** The median of the connections' longest silences, in milliseconds. */
  double longestMillis() {
    long[] sorted = all.stream().mapToLong(Counted::longest).sorted().toArray();
    return sorted[sorted.length / 2] / 1e6;
  }

  /** The longest silence of any, in milliseconds. */
  double worstMillis() {
    return Arrays.stream(all.stream().mapToLong(Counted::longest).toArray()).max().orElse(0) / 1e6;
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
    for (SocketChannel one : silent) {
      one.close();
    }
  }
}
