package io.kydai.console.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Sends requests over some connections, on each the next one when the answer to one is there. */
final class HttpLoad {
  private static final int CONNECTIONS = 8;

  private HttpLoad() {}

  /**
   * @param paths requested in turn
   * @param credentials a header
   * @return the number of answers, each of which is 200
   */
  static long run(int port, List<String> paths, String credentials, long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    List<CompletableFuture<Long>> connections = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      CompletableFuture<Long> answers = new CompletableFuture<>();
      connections.add(answers);
      Thread thread =
          new Thread(
              () -> {
                try {
                  answers.complete(one(port, paths, credentials, end));
                } catch (IOException | RuntimeException e) {
                  answers.completeExceptionally(e);
                }
              },
              "bench-client");
      thread.setDaemon(true);
      thread.start();
    }
    try {
      return connections.stream().mapToLong(CompletableFuture::join).sum();
    } catch (CompletionException e) {
      throw new IllegalStateException("a connection failed", e);
    }
  }

  private static long one(int port, List<String> paths, String credentials, long end)
      throws IOException {
    List<byte[]> requests =
        paths.stream()
            .map(
                path ->
                    ("GET "
                            + path
                            + " HTTP/1.1\r\nHost: 127.0.0.1:"
                            + port
                            + "\r\n"
                            + credentials
                            + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1))
            .toList();
    long answers = 0;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream(), 65_536);
      while (System.nanoTime() < end) {
        socket.getOutputStream().write(requests.get((int) (answers % requests.size())));
        readAnswer(in);
        answers++;
      }
    }
    return answers;
  }

  /** Reads an answer with Content-Length. */
  private static void readAnswer(InputStream in) throws IOException {
    String status = line(in);
    if (!status.contains(" 200 ")) {
      throw new IOException("not answered: " + status);
    }
    long length = -1;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Long.parseLong(header.substring(15).strip());
      }
    }
    if (length < 0) {
      throw new IOException("an answer without a length");
    }
    in.skipNBytes(length);
  }

  static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(64);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the connection ended");
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
