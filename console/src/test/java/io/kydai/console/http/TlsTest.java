package io.kydai.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kydai.console.config.HttpConfig;
import io.kydai.console.config.ServerTls;
import io.kydai.console.http.api.DeskServer;
import io.kydai.console.http.server.Limits;
import io.kydai.console.http.tls.CertificateFiles;
import io.kydai.console.http.tls.SelfSignedCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's TLS, to clients that are not ours. */
@Tag("sqlite")
class TlsTest {
  private static final String GET = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

  @TempDir Path folder;
  private ServerTls.Files files;

  @BeforeEach
  void certificate() {
    files = certificate("tls");
  }

  private ServerTls.Files certificate(String name) {
    return SelfSignedCertificate.in(
        folder.resolve(name), List.of("localhost", "127.0.0.1"), Clock.systemUTC());
  }

  private DeskServer server(Limits.Connections limits) throws Exception {
    return new DeskServer(folder, new HttpConfig("127.0.0.1", 0, null, files, List.of()), limits);
  }

  private static String fingerprint(ServerTls.Files files) {
    return new CertificateFiles(files).first().fingerprint();
  }

  private static SSLContext trusting(ServerTls.Files... trusted) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (ServerTls.Files one : trusted) {
      store.setCertificateEntry(
          one.certificate().toString(), new CertificateFiles(one).first().leaf());
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  private static SSLSocket connect(SSLContext context, URI server) throws IOException {
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(server.getHost(), server.getPort());
    socket.setSoTimeout((int) Api.PATIENCE.toMillis());
    socket.startHandshake();
    return socket;
  }

  private static String answer(Socket socket) throws IOException {
    socket.getOutputStream().write(GET.getBytes(StandardCharsets.US_ASCII));
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    int at = head.indexOf("content-length: ") < 0 ? head.indexOf("Content-Length: ") : 0;
    int length = Integer.parseInt(head.substring(at + 16, head.indexOf("\r\n", at)).strip());
    in.readNBytes(length);
    return head.toString();
  }

  private static HttpClient client(ServerTls.Files trusted) throws Exception {
    return HttpClient.newBuilder()
        .sslContext(trusting(trusted))
        .version(HttpClient.Version.HTTP_2)
        .build();
  }

  @Test
  void aClientThatKnowsTheCertificateIsAnswered() throws Exception {
    try (DeskServer desk = server(Limits.Connections.USUAL)) {
      HttpResponse<String> answer =
          client(files)
              .send(
                  HttpRequest.newBuilder(desk.address.resolve("/healthz")).build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(answer.headers().firstValue("Strict-Transport-Security"))
          .hasValue("max-age=31536000; includeSubDomains");
      assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
    }
  }

  @Test
  void aClientThatDoesNotKnowTheCertificateRefusesIt() throws Exception {
    try (DeskServer desk = server(Limits.Connections.USUAL)) {
      HttpClient client = HttpClient.newHttpClient();
      assertThatThrownBy(
              () ->
                  client.send(
                      HttpRequest.newBuilder(desk.address).build(),
                      HttpResponse.BodyHandlers.ofString()))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void plainHttpIsNotAnsweredOnTheSamePort() throws Exception {
    try (DeskServer desk = server(Limits.Connections.USUAL);
        RawClient client = new RawClient(desk.address, desk.token)) {
      client.send(GET);
      assertThat(new String(client.rest(), StandardCharsets.ISO_8859_1)).doesNotContain("HTTP/1.1");
    }
  }

  @Test
  void aRenewedCertificateServesNewConnectionsAndOldOnesStay() throws Exception {
    ServerTls.Files other = certificate("other");
    SSLContext both = trusting(files, other);
    String before = fingerprint(files);
    try (DeskServer desk = server(Limits.Connections.USUAL);
        SSLSocket open = connect(both, desk.address)) {
      assertThat(answer(open)).startsWith("HTTP/1.1 200");
      assertThat(presented(open)).isEqualTo(before);

      Files.copy(other.certificate(), files.certificate(), StandardCopyOption.REPLACE_EXISTING);
      assertThat(desk.server.renewCertificate()).as("with the old key").isFalse();
      try (SSLSocket still = connect(trusting(other), desk.address)) {
        throw new AssertionError("the new certificate, without its key: " + still);
      } catch (SSLHandshakeException e) {
        assertThat(e).hasMessageContaining("PKIX");
      }

      Files.copy(other.key(), files.key(), StandardCopyOption.REPLACE_EXISTING);
      assertThat(desk.server.renewCertificate()).isTrue();
      try (SSLSocket renewed = connect(trusting(other), desk.address)) {
        assertThat(answer(renewed)).startsWith("HTTP/1.1 200");
        assertThat(presented(renewed)).isEqualTo(fingerprint(other)).isNotEqualTo(before);
      }
      assertThat(
              client(other)
                  .send(
                      HttpRequest.newBuilder(desk.address.resolve("/healthz")).build(),
                      HttpResponse.BodyHandlers.discarding())
                  .version())
          .isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(answer(open)).startsWith("HTTP/1.1 200");
    }
  }

  private static String presented(SSLSocket socket) throws Exception {
    byte[] der = socket.getSession().getPeerCertificates()[0].getEncoded();
    return HexFormat.ofDelimiter(":")
        .withUpperCase()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(der));
  }

  @Test
  @Timeout(60)
  void clientsThatDoNotFinishTheirHandshakeGiveWay() throws Exception {
    try (DeskServer desk = server(new Limits.Connections(2, 2, 0, 1));
        Socket first = silent(desk.address);
        Socket second = silent(desk.address)) {
      while (desk.server.connections() < 2) {
        Thread.onSpinWait();
      }
      SSLSocket third = connect(trusting(files), desk.address);
      assertThat(first.getInputStream().read()).as("closed for the third").isEqualTo(-1);
      assertThat(answer(third)).startsWith("HTTP/1.1 200");
      assertThat(desk.server.connections()).isLessThanOrEqualTo(2);
      assertThat(second.isClosed()).isFalse();
      third.close();
    }
  }

  private static Socket silent(URI server) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
    socket.setSoTimeout((int) Api.PATIENCE.toMillis());
    return socket;
  }

  @Test
  void curlSpeaksBothVersionsOfHttp() throws Exception {
    try (DeskServer desk = server(Limits.Connections.USUAL)) {
      String url = "https://localhost:" + desk.address.getPort() + "/healthz";
      String[] curl = {"curl", "-sS", "-i", "--cacert", files.certificate().toString(), url};
      assertThat(output(with(curl, "--http1.1")))
          .startsWith("HTTP/1.1 200")
          .containsIgnoringCase("x-request-id: ");
      assertThat(output(with(curl, "--http2"))).startsWith("HTTP/2 200").contains("x-request-id: ");
      String openssl =
          output(
              "openssl",
              "s_client",
              "-connect",
              "127.0.0.1:" + desk.address.getPort(),
              "-CAfile",
              files.certificate().toString(),
              "-alpn",
              "h2,http/1.1");
      assertThat(openssl)
          .contains("Verify return code: 0 (ok)", "TLSv1.3")
          .contains("ALPN protocol: h2");
    }
  }

  private static String[] with(String[] command, String... more) {
    return Stream.concat(Arrays.stream(command), Arrays.stream(more)).toArray(String[]::new);
  }

  /** RFC 9113, section 8.2.3: a browser sends each cookie by itself. */
  @Test
  void aLogInsCookieIsFoundAmongThePiecesOfHttp2() throws Exception {
    try (DeskServer desk = server(Limits.Connections.USUAL)) {
      HttpResponse<String> loggedIn =
          client(files)
              .send(
                  HttpRequest.newBuilder(desk.address.resolve("/api/v1/session"))
                      .header("Content-Type", "application/json")
                      .POST(
                          HttpRequest.BodyPublishers.ofString(
                              "{\"name\": \"%s\", \"password\": \"%s\"}"
                                  .formatted(LoggedIn.ADMIN, LoggedIn.PASSWORD)))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(loggedIn.statusCode()).as(loggedIn.body()).isEqualTo(200);
      assertThat(loggedIn.version()).isEqualTo(HttpClient.Version.HTTP_2);
      String cookie = loggedIn.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
      String answer =
          output(
              "curl",
              "-sS",
              "-i",
              "--http2",
              "--cacert",
              files.certificate().toString(),
              "-H",
              "Cookie: language=vi",
              "-H",
              "Cookie: " + cookie,
              "https://localhost:" + desk.address.getPort() + "/api/v1/session");
      assertThat(answer).startsWith("HTTP/2 200").contains(LoggedIn.ADMIN);
    }
  }

  @Test
  void aBodyThatIsTooLargeEndsItsStreamOfHttp2AndNotTheConnection() throws Exception {
    try (DeskServer desk = server(Limits.Connections.USUAL)) {
      HttpClient client = client(files);
      HttpRequest.Builder request =
          HttpRequest.newBuilder(desk.address.resolve("/api/v1/cameras"))
              .header("Authorization", "Bearer " + desk.token)
              .header("Content-Type", "application/json");
      assertThat(
              client
                  .send(request.GET().build(), HttpResponse.BodyHandlers.discarding())
                  .statusCode())
          .isEqualTo(200);
      int open = desk.server.connections();
      assertThat(
              client
                  .send(
                      request
                          .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[70_000]))
                          .build(),
                      HttpResponse.BodyHandlers.discarding())
                  .statusCode())
          .isEqualTo(413);
      assertThat(
              client
                  .send(request.GET().build(), HttpResponse.BodyHandlers.discarding())
                  .statusCode())
          .isEqualTo(200);
      assertThat(desk.server.connections()).isEqualTo(open);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1", "-tls1_1"})
  void anOldVersionOfTlsIsRefused(String version) throws Exception {
    try (DeskServer desk = server(Limits.Connections.USUAL)) {
      String openssl =
          output(
              "openssl",
              "s_client",
              "-connect",
              "127.0.0.1:" + desk.address.getPort(),
              version,
              "-cipher",
              "DEFAULT:@SECLEVEL=0");
      assertThat(openssl).contains("alert protocol version", "no peer certificate available");
    }
  }

  private static String output(String... command) throws Exception {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
    } catch (IOException e) {
      assumeTrue(false, command[0] + " is not installed");
      throw e;
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
