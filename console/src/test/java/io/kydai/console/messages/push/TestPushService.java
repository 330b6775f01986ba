package io.kydai.console.messages.push;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.kydai.console.config.ServerTls;
import io.kydai.console.messages.mail.TestMailServer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A push service on this machine, which takes what comes as browsers' services do. */
public final class TestPushService implements AutoCloseable {
  /** A request: its path, headers with names in lower case, and body. */
  public record Pushed(String path, Map<String, String> headers, byte[] body) {}

  public final List<Pushed> pushed = new CopyOnWriteArrayList<>();

  /** What it answers. */
  public volatile int status = 201;

  private final HttpsServer server;
  private final ServerTls.Files certificate;

  public TestPushService(Path folder) throws Exception {
    certificate = TestMailServer.certificate(folder.resolve("push"));
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(TestMailServer.context(certificate)));
    server.createContext(
        "/",
        exchange -> {
          Map<String, String> headers = new TreeMap<>();
          exchange
              .getRequestHeaders()
              .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
          pushed.add(
              new Pushed(
                  exchange.getRequestURI().toString(),
                  headers,
                  exchange.getRequestBody().readAllBytes()));
          exchange.getResponseHeaders().add("Location", "https://localhost:1/elsewhere");
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  public String endpoint(String browser) {
    return "https://localhost:" + server.getAddress().getPort() + "/send/" + browser + "?a=1";
  }

  /** No rule for addresses, since this one is of this machine. */
  public static PushAddresses everywhere() {
    return PushAddresses.everywhere();
  }

  /** Connections that trust this service. */
  public HttpClientOptions trusting() {
    return new HttpClientOptions()
        .setTrustOptions(new PemTrustOptions().addCertPath(certificate.certificate().toString()));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
