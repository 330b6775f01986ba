package io.kydai.models.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on this machine with one file, which can be told to misbehave. */
final class ModelServer implements AutoCloseable {
  private final HttpServer server;
  private final byte[] content;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Queue<Integer> cuts = new ConcurrentLinkedQueue<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile boolean ranges = true;
  private volatile int silentAfter = -1;

  ModelServer(byte[] content) throws IOException {
    this.content = content;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/model.onnx", this::answer);
    server.createContext("/moved", exchange -> redirect(exchange, "/model.onnx"));
    server.createContext("/round", exchange -> redirect(exchange, "/round"));
    server.createContext("/elsewhere", exchange -> redirect(exchange, "file:///etc/passwd"));
    server.setExecutor(threads);
    server.start();
  }

  /** Ends the coming answers after so many bytes each. */
  ModelServer cutting(Integer... afterBytes) {
    cuts.addAll(Arrays.asList(afterBytes));
    return this;
  }

  /** Sends so many bytes of the next answer, and then nothing while the connection stays. */
  ModelServer silentAfter(int bytes) {
    silentAfter = bytes;
    return this;
  }

  ModelServer withoutRanges() {
    ranges = false;
    return this;
  }

  URI address(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** The requests so far: the address as it was sent, and the range, if any. */
  List<String> requests() {
    return requests;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(exchange.getRequestURI() + (range == null ? "" : " " + range));
    int from =
        range == null || !ranges ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
    if (from >= content.length) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */" + content.length);
      exchange.sendResponseHeaders(416, -1);
      exchange.close();
      return;
    }
    int length = content.length - from;
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, length);
    int silent = silentAfter;
    silentAfter = -1;
    Integer cut = silent >= 0 ? Integer.valueOf(silent) : cuts.poll();
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(content, from, cut == null ? length : Math.min(cut, length));
      out.flush();
      if (silent >= 0) {
        end.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  private static void redirect(HttpExchange exchange, String location) throws IOException {
    exchange.getResponseHeaders().set("Location", location);
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
