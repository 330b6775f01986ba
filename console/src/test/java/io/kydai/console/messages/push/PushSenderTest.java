package io.kydai.console.messages.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.outbox.Outcome;
import io.kydai.console.outbox.Outcome.Kind;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PushSenderTest {
  private static final PushSender.Push PUSH =
      new PushSender.Push(
          "{\"title\": \"Khẩn: đi ngược chiều\"}",
          "01JD00000000000000000000A1",
          true,
          Duration.ofHours(4));

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final VapidKey key = VapidKey.generate();
  private final TestBrowser browser = TestBrowser.random();
  private TestPushService service;

  @BeforeEach
  void start() throws Exception {
    service = new TestPushService(folder);
  }

  @AfterEach
  void stop() throws Exception {
    service.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private Outcome send(PushAddresses addresses, HttpClientOptions options) throws Exception {
    try (PushSender sender =
        new PushSender(
            vertx,
            options,
            addresses,
            () -> key,
            () -> "mailto:kydai@hue.example",
            Duration.ofSeconds(10))) {
      return sender
          .send(browser.subscription(service.endpoint("lan")), PUSH, Instant.now())
          .toCompletableFuture()
          .get(20, TimeUnit.SECONDS);
    }
  }

  private Outcome send() throws Exception {
    return send(PushAddresses.everywhere(), service.trusting());
  }

  @Test
  void aMessageComesAsTheRfcsSayAndTheBrowserReadsIt() throws Exception {
    assertThat(send()).isEqualTo(new Outcome(Kind.DELIVERED, "HTTP status 201"));
    TestPushService.Pushed one = service.pushed.get(0);
    assertThat(one.path()).isEqualTo("/send/lan?a=1");
    assertThat(one.headers())
        .containsEntry("ttl", "14400")
        .containsEntry("urgency", "high")
        .containsEntry("topic", "01JD00000000000000000000A1")
        .containsEntry("content-encoding", "aes128gcm");
    assertThat(one.headers().get("host")).startsWith("localhost:");
    assertThat(one.headers().get("authorization")).startsWith("vapid t=").endsWith(key.publicKey());
    assertThat(browser.decrypt(one.body())).isEqualTo(PUSH.text());
  }

  @Test
  void answersAreToldApart() throws Exception {
    service.status = 410;
    Outcome gone = send();
    assertThat(gone.kind()).isEqualTo(Kind.REFUSED);
    assertThat(PushSender.isGone(gone)).isTrue();
    service.status = 429;
    assertThat(send().kind()).isEqualTo(Kind.FAILED);
    service.status = 503;
    assertThat(send().kind()).isEqualTo(Kind.FAILED);
    service.status = 403;
    Outcome refused = send();
    assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
    assertThat(PushSender.isGone(refused)).isFalse();
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    service.status = 307;
    assertThat(send()).isEqualTo(new Outcome(Kind.REFUSED, "HTTP status 307"));
    assertThat(service.pushed).hasSize(1);
  }

  @Test
  void anAddressOfThisMachineIsNotAsked() throws Exception {
    assertThat(send(PushAddresses.usual(), service.trusting()))
        .isEqualTo(new Outcome(Kind.REFUSED, "the address is not one of a push service"));
    assertThat(service.pushed).isEmpty();
  }

  @Test
  void aServiceWhoseCertificateNobodyVouchesForGetsNothing() throws Exception {
    assertThat(send(PushAddresses.everywhere(), new HttpClientOptions()).kind())
        .isEqualTo(Kind.FAILED);
    assertThat(service.pushed).isEmpty();
  }

  @Test
  void theAddressThatWasLookedAtIsConnectedToWhateverTheNameSaysThen() throws Exception {
    // The name is looked up once only: a second look-up of 'localhost' would find the service.
    PushAddresses elsewhere =
        PushAddresses.of(host -> new InetAddress[] {InetAddress.getByName("127.0.0.9")});
    assertThat(send(elsewhere, service.trusting()).kind()).isEqualTo(Kind.REFUSED);
    assertThat(service.pushed).isEmpty();
  }
}
