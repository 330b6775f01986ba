package io.kydai.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.console.http.api.Contract;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A client of a real server, which holds every answer against the contract. */
public final class Api {
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final URI base;
  private final String token;
  private final String cookie;
  private final Contract contract = new Contract();

  /**
   * @param token of a program; empty to ask without a log-in
   */
  public Api(URI base, String token) {
    this(base, token, "");
  }

  private Api(URI base, String token, String cookie) {
    this.base = base;
    this.token = token;
    this.cookie = cookie;
  }

  /** A client with the cookie of a log-in, which is no browser. */
  public static Api withCookie(URI base, String cookie) {
    return new Api(base, "", cookie);
  }

  /** An answer, of which the contract approves. */
  public record Answer(int status, String contentType, byte[] body, HttpResponse<byte[]> response) {
    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    public Answer expect(int expected) {
      assertThat(status).as(new String(body, StandardCharsets.UTF_8)).isEqualTo(expected);
      return this;
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  public Answer get(String path, String... headers) throws Exception {
    return send("GET", path, "", headers);
  }

  public Answer delete(String path) throws Exception {
    return send("DELETE", path, "");
  }

  /** Sends a body as JSON. */
  public Answer json(String method, String path, String body) throws Exception {
    return send(method, path, body, "Content-Type", "application/json");
  }

  public Answer send(String method, String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(PATIENCE)
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    HttpResponse<byte[]> response =
        CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (path.startsWith("/api/") || path.equals("/healthz") || path.equals("/metrics")) {
      contract.check(method, path, response.statusCode(), type, response.body());
    }
    return new Answer(response.statusCode(), type, response.body(), response);
  }

  /** Sends bytes as they are, and returns all that comes back until the server closes. */
  public String raw(String request) throws IOException {
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket
          .getOutputStream()
          .write(RawClient.authorized(request, token).getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      InputStream in = socket.getInputStream();
      in.transferTo(all);
      String answer = all.toString(StandardCharsets.UTF_8);
      contract.checkHead(request, answer);
      return answer;
    }
  }

  /** The first line of the answer to a raw request, after which the connection may stay open. */
  public String head(String request) throws IOException {
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket
          .getOutputStream()
          .write(RawClient.authorized(request, token).getBytes(StandardCharsets.ISO_8859_1));
      String first =
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
              .readLine();
      contract.checkHead(request, first);
      return first;
    }
  }

  /** Opens a WebSocket; its text messages are held against the named schema. */
  public Listener listen(String path, String schema) throws Exception {
    return listen(path, schema, cookie);
  }

  /** Opens a WebSocket with a person's cookie, where one is given. */
  public Listener listen(String path, String schema, String cookie) throws Exception {
    Listener listener = new Listener(contract, schema);
    URI uri = URI.create("ws://" + base.getAuthority() + path);
    WebSocket.Builder builder = CLIENT.newWebSocketBuilder();
    if (!token.isEmpty()) {
      builder.header("Authorization", "Bearer " + token);
    }
    if (!cookie.isEmpty()) {
      builder.header("Cookie", cookie);
    }
    try {
      listener.socket =
          builder.buildAsync(uri, listener).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        checkUpgrade(path, refused.getResponse().statusCode());
      }
      throw e;
    }
    checkUpgrade(path, 101);
    return listener;
  }

  private void checkUpgrade(String path, int status) {
    contract.checkHead("GET " + path + " HTTP/1.1", "HTTP/1.1 " + status + " ");
  }

  /** What comes over a WebSocket, in order. */
  public static final class Listener implements WebSocket.Listener, AutoCloseable {
    final BlockingQueue<byte[]> media = new LinkedBlockingQueue<>();
    public final CompletableFuture<String> closed = new CompletableFuture<>();
    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Contract contract;
    private final String schema;
    private WebSocket socket;

    private Listener(Contract contract, String schema) {
      this.contract = contract;
      this.schema = schema;
    }

    /** The next message of which the predicate holds; those before it are thrown away. */
    public JsonNode await(Predicate<JsonNode> wanted) throws Exception {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (true) {
        JsonNode next = messages.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        assertThat(next).as("what was waited for did not come").isNotNull();
        contract.check(schema, next.toString());
        if (wanted.test(next)) {
          return next;
        }
      }
    }

    public void send(String message) {
      socket.sendText(message, true);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        try {
          messages.add(JSON.readTree(text.toString()));
        } catch (IOException e) {
          closed.completeExceptionally(e);
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      byte[] part = new byte[data.remaining()];
      data.get(part);
      bytes.writeBytes(part);
      if (last) {
        media.add(bytes.toByteArray());
        bytes.reset();
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code + " " + reason);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed.completeExceptionally(error);
    }

    @Override
    public void close() {
      socket.abort();
    }
  }
}
