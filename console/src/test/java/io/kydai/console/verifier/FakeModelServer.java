package io.kydai.console.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** An OpenAI-compatible chat endpoint over real HTTP, which answers as a test says. */
public final class FakeModelServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MIB = 1024 * 1024;

  /** What it does with a question. */
  @FunctionalInterface
  public interface Answer {
    void to(HttpExchange exchange) throws IOException, InterruptedException;
  }

  /** The bodies of the questions. */
  public final BlockingQueue<JsonNode> asked = new LinkedBlockingQueue<>();

  /** The key of the last question; empty where there was none. */
  volatile String authorization = "";

  /** How many requests came to the address that redirects lead to. */
  final AtomicInteger elsewhere = new AtomicInteger();

  private final CountDownLatch ended = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  private volatile Answer answer = saying("{}");

  public FakeModelServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/v1/chat/completions", this::handle);
    server.createContext(
        "/elsewhere",
        exchange -> {
          elsewhere.incrementAndGet();
          send(exchange, 200, chat("{\"likelihood\": 1, \"description\": \"from elsewhere\"}"));
        });
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    authorization =
        String.valueOf(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
    asked.add(JSON.readTree(exchange.getRequestBody()));
    try {
      answer.to(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
  }

  /** Answers all questions from now on in a way. */
  public void answers(Answer other) {
    answer = other;
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  /** Returns the body of an answer whose model wrote a text. */
  static byte[] chat(String content) throws IOException {
    return JSON.writeValueAsBytes(
        Map.of(
            "choices",
            List.of(Map.of("message", Map.of("role", "assistant", "content", content)))));
  }

  /** A model that writes a text. */
  public static Answer saying(String content) {
    return exchange -> send(exchange, 200, chat(content));
  }

  /** An answer with a status and a body. */
  static Answer plain(int status, String body) {
    return exchange -> send(exchange, status, body.getBytes(UTF_8));
  }

  /** A server that is moved. */
  Answer moved() {
    return exchange -> {
      exchange
          .getResponseHeaders()
          .set("Location", "http://127.0.0.1:" + server.getAddress().getPort() + "/elsewhere");
      exchange.sendResponseHeaders(307, -1);
      exchange.close();
    };
  }

  /** A server that sends its headers and then nothing, as long as it lives. */
  Answer stalling() {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
      ended.await();
    };
  }

  /** A server that says nothing, as long as it lives. */
  Answer silent() {
    return exchange -> ended.await();
  }

  /** A server that sends 64 MiB. */
  static Answer huge() {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      byte[] block = new byte[MIB];
      Arrays.fill(block, (byte) ' ');
      try (OutputStream out = exchange.getResponseBody()) {
        for (int i = 0; i < 64; i++) {
          out.write(block);
        }
      } catch (IOException e) {
        // The client reads no further, as it should.
        exchange.close();
      }
    };
  }

  @Override
  public void close() {
    ended.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
