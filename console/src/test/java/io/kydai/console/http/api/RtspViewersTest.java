package io.kydai.console.http.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEntry;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.config.AddressRange;
import io.kydai.console.config.RtspConfig;
import io.kydai.console.config.ServerTls;
import io.kydai.console.http.hls.PacedCamera;
import io.kydai.console.http.rtsp.RtspPorts;
import io.kydai.console.http.rtsp.RtspViewers;
import io.kydai.console.http.tls.CertificateFiles;
import io.kydai.console.http.tls.SelfSignedCertificate;
import io.kydai.console.users.Directory;
import io.kydai.console.users.Permission;
import io.kydai.console.users.Scope;
import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.source.CameraId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may pull which camera by RTSP, and what the audit has of it. */
@Timeout(120)
class RtspViewersTest {
  @TempDir Path folder;
  private final PacedCamera camera = new PacedCamera(40, Instant.now());
  private final AtomicInteger watching = new AtomicInteger();
  private DeskServer desk;
  private RtspPorts ports;
  private ServerTls.Files certificate;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
    for (String id : List.of("gate", "yard")) {
      String body = "{\"id\": \"" + id + "\", \"url\": \"rtsp://127.0.0.1:1/\"}";
      desk.api.json("POST", "/api/v1/cameras", body).expect(201);
    }
    desk.shown.live =
        (id, subscriber) -> {
          Subscription live = camera.watch(id, subscriber).orElseThrow();
          watching.incrementAndGet();
          return Optional.of(
              () -> {
                watching.decrementAndGet();
                live.close();
              });
        };
    camera.picture(40, 49);
    certificate =
        SelfSignedCertificate.in(folder.resolve("tls"), List.of("127.0.0.1"), Clock.systemUTC());
    ports =
        new RtspPorts(
            new RtspConfig("127.0.0.1", 0, 0, 0, List.of(AddressRange.of("10.0.0.0/24"))),
            certificate,
            new RtspViewers(desk.logIns, desk.cameras, desk.groups),
            new SimpleMeterRegistry());
  }

  @AfterEach
  void stop() {
    ports.close();
    desk.close();
  }

  private Directory.NewToken token(Permission permission, String camera) {
    return desk.directory.addToken(
        "vms " + permission + camera,
        Set.of(permission),
        Scope.of(new CameraId(camera)),
        null,
        Actor.SYSTEM,
        RequestOrigin.NONE);
  }

  /** Asks on a connection, as {@code vms} with a secret; returns the answer's head. */
  private static String ask(
      Socket socket, String secret, String method, String path, String headers) throws IOException {
    String logIn = Base64.getEncoder().encodeToString(("vms:" + secret).getBytes(ISO_8859_1));
    socket.setSoTimeout(30_000);
    socket
        .getOutputStream()
        .write(
            (method
                    + " rtsp://127.0.0.1:1/"
                    + path
                    + " RTSP/1.0\r\nCSeq: 1\r\nAuthorization: Basic "
                    + logIn
                    + "\r\n"
                    + headers
                    + "\r\n")
                .getBytes(ISO_8859_1));
    DataInputStream in = new DataInputStream(socket.getInputStream());
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    String length = head.toString().replaceAll("(?s).*Content-Length: (\\d+).*|.*", "$1");
    in.readFully(new byte[length.isEmpty() ? 0 : Integer.parseInt(length)]);
    return head.toString();
  }

  private String describe(String secret, String path) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", ports.port())) {
      return ask(socket, secret, "DESCRIBE", path, "");
    }
  }

  private List<AuditEntry> audited(AuditEventType type) {
    return desk.audit.list(new AuditFilter(null, null, null, type, null, null, 50, null)).entries();
  }

  @Test
  void aTokenOpensTheCamerasOnWhichItHasThePermissionLive() throws Exception {
    String secret = token(Permission.LIVE, "gate").secret();

    assertThat(describe(secret, "gate")).startsWith("RTSP/1.0 200");
    assertThat(describe(secret, "yard")).startsWith("RTSP/1.0 404");
    assertThat(describe(secret, "nowhere")).startsWith("RTSP/1.0 404");
    assertThat(describe(secret, "gate/main")).startsWith("RTSP/1.0 404");
    assertThat(describe(token(Permission.HISTORY, "gate").secret(), "gate"))
        .startsWith("RTSP/1.0 404");
    assertThat(describe("no token", "gate")).startsWith("RTSP/1.0 401");
    assertThat(audited(AuditEventType.SESSION_REFUSED))
        .hasSize(1)
        .allMatch(entry -> entry.details().contains("\"method\":\"rtsp\""))
        .allMatch(entry -> "vms".equals(entry.actorName()));
  }

  @Test
  void aCameraOfTwoStreamsHasBoth() throws Exception {
    String two =
        "{\"id\": \"two\", \"url\": \"rtsp://127.0.0.1:1/a\","
            + " \"second-url\": \"rtsp://127.0.0.1:1/b\"}";
    desk.api.json("POST", "/api/v1/cameras", two).expect(201);
    String secret = token(Permission.LIVE, "two").secret();

    assertThat(describe(secret, "two")).startsWith("RTSP/1.0 200");
    assertThat(describe(secret, "two/main")).startsWith("RTSP/1.0 200");
    assertThat(describe(secret, "two/sub")).startsWith("RTSP/1.0 200");
  }

  @Test
  void guessingIsSlowedForTheAddressThatGuesses() throws Exception {
    String answer = "";
    for (int i = 0; i < 8; i++) {
      answer = describe("guess " + i, "gate");
    }
    assertThat(answer).startsWith("RTSP/1.0 503").contains("Retry-After: ");
    assertThat(describe(token(Permission.LIVE, "gate").secret(), "gate"))
        .startsWith("RTSP/1.0 503");
  }

  @Test
  void aViewingIsInTheAuditAndEndsWithItsToken() throws Exception {
    Directory.NewToken token = token(Permission.LIVE, "gate");
    try (Socket socket = new Socket("127.0.0.1", ports.port())) {
      String setUp =
          ask(socket, token.secret(), "SETUP", "gate", "Transport: RTP/AVP/TCP;unicast\r\n");
      String session = setUp.replaceAll("(?s).*(Session: [0-9a-f]+).*", "$1");
      assertThat(ask(socket, token.secret(), "PLAY", "gate", session + "\r\n"))
          .startsWith("RTSP/1.0 200");
      assertThat(watching).hasValue(1);
      camera.picture(40, 49);
      assertThat(socket.getInputStream().read()).isEqualTo('$');

      desk.directory.removeToken(token.token().id().value(), Actor.SYSTEM, RequestOrigin.NONE);
      assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
      assertThat(watching).hasValue(0);
    }
    desk.groups.save();
    assertThat(audited(AuditEventType.LIVE_VIEWED))
        .hasSize(1)
        .allMatch(entry -> entry.actorName().equals(token.token().name()))
        .allMatch(entry -> "gate".equals(entry.camera()))
        .allMatch(entry -> "127.0.0.1".equals(entry.address()))
        .allMatch(entry -> entry.details().contains("\"ended\":true"));
  }

  @Test
  void rtspsHasTheConsolesCertificateAndNoUdp() throws Exception {
    String secret = token(Permission.LIVE, "gate").secret();
    try (Socket socket = trusting().getSocketFactory().createSocket("127.0.0.1", ports.tlsPort())) {
      assertThat(ask(socket, secret, "DESCRIBE", "gate", ""))
          .startsWith("RTSP/1.0 200")
          .contains("Content-Base: rtsps://");
      String udp = "Transport: RTP/AVP;unicast;client_port=5000-5001\r\n";
      assertThat(ask(socket, secret, "SETUP", "gate", udp)).startsWith("RTSP/1.0 461");
      String both = "Transport: RTP/AVP;unicast;client_port=5000-5001,RTP/AVP/TCP;unicast\r\n";
      assertThat(ask(socket, secret, "SETUP", "gate", both)).contains("interleaved=0-1");
    }
  }

  private SSLContext trusting() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("console", new CertificateFiles(certificate).first().leaf());
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
