package io.kydai.ingest.onvif;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.kydai.ingest.onvif.soap.HttpExchange;
import io.kydai.ingest.onvif.soap.OnvifException;
import io.kydai.ingest.onvif.soap.OnvifException.Kind;
import io.kydai.ingest.source.CameraSource.Credentials;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.resolver.DefaultAddressResolverGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a hostile or broken thing at a camera's address may do. */
@Timeout(60)
class BadOnvifCameraTest {
  private static final Credentials ADMIN = new Credentials("admin", "s3cret");

  private interface Answer {
    void to(com.sun.net.httpserver.HttpExchange exchange) throws IOException;
  }

  private final OnvifClient client = new OnvifClient(Clock.systemUTC());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
    threads.shutdownNow();
  }

  /** Only so many are asked at once, so one that never began must not count for ever. */
  @Test
  void aConnectionThatCannotEvenBeTriedTakesNobodysPlace() throws Exception {
    EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      HttpExchange exchange = new HttpExchange(loop, DefaultAddressResolverGroup.INSTANCE);
      for (int i = 0; i < 600; i++) {
        var answer = ask(exchange, URI.create("http://127.0.0.1:99999/"));
        assertThat(answer).isCompletedExceptionally();
      }
      server.createContext(
          "/",
          got -> {
            send(got, 200, "here");
            got.close();
          });
      assertThat(ask(exchange, address()).get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
    } finally {
      loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(10, TimeUnit.SECONDS);
    }
  }

  private static CompletableFuture<HttpExchange.Answer> ask(HttpExchange exchange, URI target) {
    return exchange.post(target, null, "text/plain", new byte[0], null, Duration.ofSeconds(20));
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/onvif");
  }

  private OnvifException fails(Answer answer) {
    server.createContext(
        "/",
        exchange -> {
          requests.add(
              exchange.getRequestHeaders().entrySet()
                  + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          answer.to(exchange);
          exchange.close();
        });
    return fails(address());
  }

  private OnvifException fails(URI at) {
    try {
      client.connect(DeviceAccess.of(at, ADMIN)).get(30, TimeUnit.SECONDS);
      throw new AssertionError("it did not fail");
    } catch (ExecutionException e) {
      OnvifException failure = OnvifException.of(e);
      assertThat(failure)
          .hasMessageStartingWith(at.getAuthority())
          .hasMessageNotContaining("s3cret");
      return failure;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void send(com.sun.net.httpserver.HttpExchange exchange, int status, String body)
      throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Test
  void aWebServerThatIsNoCamera() {
    assertThat(fails(exchange -> send(exchange, 404, "<html>no</html>")))
        .hasMessageContaining("answers with HTTP status 404 and no ONVIF");
  }

  @Test
  void pagesInsteadOfSoap() {
    assertThat(fails(exchange -> send(exchange, 200, "<html><body>hello</body></html>")).kind())
        .isEqualTo(Kind.MALFORMED);
  }

  @Test
  void aRedirectionIsNotFollowed() {
    OnvifException failure =
        fails(
            exchange -> {
              exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/steal");
              send(exchange, 302, "");
            });

    assertThat(failure).hasMessageContaining("redirects to another address");
  }

  @Test
  void anAnswerWithoutEndIsCutOff() {
    OnvifException failure =
        fails(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              byte[] chunk = new byte[8_192];
              try {
                for (int i = 0; i < 100_000; i++) {
                  exchange.getResponseBody().write(chunk);
                }
              } catch (IOException expected) {
                // The client hung up, as it should.
                assertThat(expected).isNotNull();
              }
            });

    assertThat(failure.kind()).isEqualTo(Kind.MALFORMED);
    assertThat(failure).hasMessageContaining("512 KiB");
  }

  @Test
  void basicIsNeverAnsweredSinceItSendsThePassword() {
    OnvifException failure =
        fails(
            exchange -> {
              exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"x\"");
              send(exchange, 401, "");
            });

    assertThat(failure.kind()).isEqualTo(Kind.LOGIN_REFUSED);
    assertThat(requests)
        .noneMatch(request -> request.contains("Authorization") || request.contains("s3cret"));
  }

  @Test
  void aCameraThatAlwaysAsksAgainIsAskedAFewTimesOnly() {
    OnvifException failure =
        fails(
            exchange -> {
              exchange
                  .getResponseHeaders()
                  .set(
                      "WWW-Authenticate",
                      "Digest realm=\"x\", nonce=\"" + requests.size() + "\", stale=true");
              send(exchange, 401, "");
            });

    assertThat(failure.kind()).isEqualTo(Kind.LOGIN_REFUSED);
    assertThat(requests).hasSizeLessThanOrEqualTo(8);
  }

  @Test
  void aDoctypeIsRefusedByName() {
    assertThat(
            fails(
                exchange ->
                    send(
                        exchange,
                        200,
                        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>")))
        .hasMessageContaining("DOCTYPE");
  }

  @Test
  void aFaultsWordsAreBoundedAndPrintable() {
    String fault =
        "<Envelope><Body><Fault><faultcode>x</faultcode><faultstring>"
            + "a\n\tb"
            + "c".repeat(5_000)
            + "</faultstring></Fault></Body></Envelope>";
    OnvifException failure = fails(exchange -> send(exchange, 500, fault));

    assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    assertThat(failure.getMessage()).hasSizeLessThan(300).doesNotContain("\n", "\t");
  }

  @Test
  void nothingListensThere() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }

    OnvifException failure = fails(URI.create("http://127.0.0.1:" + port + "/onvif"));
    assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(failure).hasMessageContaining("cannot be connected to");
  }

  @Test
  void whoTakesTheConnectionAndSaysNothingIsLeft() throws IOException {
    try (ServerSocket silent = new ServerSocket(0)) {
      OnvifException failure =
          fails(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/onvif"));

      assertThat(failure).hasMessageContaining("does not answer within 5.0 s");
    }
  }
}
