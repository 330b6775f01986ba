package io.kydai.console.bench;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;

/**
 * Players of Low-Latency HLS, each a thread with one connection: it fetches the part that the
 * playlist hints at, and then the playlist. Of a server of mere files each fetches a playlist and a
 * part at the same pace.
 */
final class PartReaders implements AutoCloseable {
  private static final Pattern HINT = Pattern.compile("PRELOAD-HINT:TYPE=PART,URI=\"([^\"]+)\"");
  private static final int PART_MILLIS = 240;

  private final int port;
  private final String credentials;
  private final SocketFactory factory;
  private final List<Thread> threads = new ArrayList<>();
  private final List<Socket> sockets = new ArrayList<>();
  private final AtomicLong bytes = new AtomicLong();
  private volatile boolean closing;
  private volatile boolean failed;

  private PartReaders(int port, String credentials, SocketFactory factory) {
    this.port = port;
    this.credentials = credentials;
    this.factory = factory;
  }

  /**
   * @param credentials a header line with its end; empty for none
   */
  static PartReaders plain(int port, String credentials) {
    return new PartReaders(port, credentials, SocketFactory.getDefault());
  }

  /** Whatever certificate a server has, on this machine, is good. */
  static PartReaders overTls(int port) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(
          null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), new SecureRandom());
      return new PartReaders(port, "", context.getSocketFactory());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** Begins a player of a live stream, whose playlist is {@code live.m3u8} in a folder. */
  void player(String folder) throws IOException {
    begin(
        connection -> {
          String playlist = connection.get(folder + "live.m3u8");
          while (!closing) {
            Matcher hint = HINT.matcher(playlist);
            if (!hint.find()) {
              throw new IOException("no hint: " + playlist);
            }
            connection.get(folder + hint.group(1));
            playlist = connection.get(folder + "live.m3u8");
          }
        });
  }

  /** Begins a client that fetches both files each {@value #PART_MILLIS} ms. */
  void files(String playlist, String part) throws IOException {
    begin(
        connection -> {
          long next = System.nanoTime();
          while (!closing) {
            connection.get(playlist);
            connection.get(part);
            next += PART_MILLIS * 1_000_000L;
            TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
          }
        });
  }

  /** What a client does until the end. */
  @FunctionalInterface
  private interface Work {
    void on(Connection connection) throws IOException, InterruptedException;
  }

  private void begin(Work work) throws IOException {
    Socket socket = factory.createSocket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    sockets.add(socket);
    int number = threads.size();
    Connection connection = new Connection(socket);
    Thread thread =
        new Thread(
            () -> {
              try {
                work.on(connection);
              } catch (IOException | InterruptedException e) {
                if (!closing) {
                  failed = true;
                  System.err.println("player " + number + " of port " + port + " failed: " + e);
                }
              }
            },
            "bench-player");
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private final class Connection {
    private final Socket socket;
    private final InputStream in;

    Connection(Socket socket) throws IOException {
      this.socket = socket;
      in = new BufferedInputStream(socket.getInputStream(), 65_536);
    }

    String get(String path) throws IOException {
      socket
          .getOutputStream()
          .write(
              ("GET "
                      + path
                      + " HTTP/1.1\r\nHost: 127.0.0.1:"
                      + port
                      + "\r\n"
                      + credentials
                      + "\r\n")
                  .getBytes(StandardCharsets.ISO_8859_1));
      String status = HttpLoad.line(in);
      int length = 0;
      for (String header = HttpLoad.line(in); !header.isEmpty(); header = HttpLoad.line(in)) {
        if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
          length = Integer.parseInt(header.substring(15).strip());
        }
      }
      byte[] body = in.readNBytes(length);
      if (!status.contains(" 200 ")) {
        throw new IOException(path + ": " + status);
      }
      bytes.addAndGet(length);
      return path.endsWith(".m3u8") ? new String(body, StandardCharsets.UTF_8) : "";
    }
  }

  long bytes() throws IOException {
    if (failed) {
      throw new IOException("a player failed");
    }
    return bytes.get();
  }

  @Override
  public void close() throws IOException {
    closing = true;
    for (Socket socket : sockets) {
      socket.close();
    }
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
