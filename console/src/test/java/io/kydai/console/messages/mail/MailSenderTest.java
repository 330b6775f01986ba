package io.kydai.console.messages.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.outbox.Outcome;
import io.kydai.console.outbox.Outcome.Kind;
import io.kydai.console.settings.InvalidSettingException;
import io.vertx.core.Vertx;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MailSenderTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private Outcome send(MailServer server, @Nullable String password, Email email) throws Exception {
    return send(server, password, email, LIMIT);
  }

  private Outcome send(MailServer server, @Nullable String password, Email email, Duration limit)
      throws Exception {
    try (MailSender sender = new MailSender(vertx, server, password, limit)) {
      return sender.send(email).toCompletableFuture().get(40, TimeUnit.SECONDS);
    }
  }

  private static Email email(String subject) {
    return new Email(
        "lan@hue.example",
        "01J.a",
        subject,
        "Cầu Trường Tiền\n.một dòng bắt đầu bằng chấm\n",
        null);
  }

  @Test
  void anEmailComesWithItsWordsAsTheyAre() throws Exception {
    try (TestMailServer server = TestMailServer.plain()) {
      Outcome outcome =
          send(
              server.setting(MailServer.Security.NONE, null),
              null,
              email("[Kydai] Khẩn: đi ngược chiều – Cầu Trường Tiền"));
      assertThat(outcome).isEqualTo(new Outcome(Kind.DELIVERED, "accepted"));
      TestMailServer.Arrived one = server.arrived.get(0);
      MimeMessage mime = one.mime();
      assertThat(one.to()).isEqualTo("lan@hue.example");
      assertThat(mime.getSubject()).isEqualTo("[Kydai] Khẩn: đi ngược chiều – Cầu Trường Tiền");
      assertThat(mime.getContent().toString())
          .contains("Cầu Trường Tiền", "\n.một dòng bắt đầu bằng chấm");
      assertThat(mime.getHeader("Message-ID")).containsExactly("<01J.a@hue.example>");
      assertThat(mime.getHeader("Auto-Submitted")).containsExactly("auto-generated");
      assertThat(mime.getHeader("From")).containsExactly("kydai@hue.example");
    }
  }

  @Test
  void aPictureComesAsAnAttachment() throws Exception {
    byte[] picture = {(byte) 0xff, (byte) 0xd8, 1, 2, 3};
    try (TestMailServer server = TestMailServer.plain()) {
      send(
          server.setting(MailServer.Security.NONE, null),
          null,
          new Email("lan@hue.example", "01J.a", "s", "t", picture));
      MimeMultipart parts = (MimeMultipart) server.arrived.get(0).mime().getContent();
      assertThat(parts.getBodyPart(1).getContentType()).startsWith("image/jpeg");
      assertThat(parts.getBodyPart(1).getInputStream().readAllBytes()).isEqualTo(picture);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\r\nBcc: eve@evil.example",
        "a\nBcc: eve@evil.example",
        "a\r\n\r\nbody",
        "a\u2028Bcc: eve@evil.example",
        "a\u0000b"
      })
  void aSubjectCannotHoldAnotherHeader(String subject) throws Exception {
    try (TestMailServer server = TestMailServer.plain()) {
      send(server.setting(MailServer.Security.NONE, null), null, email(subject));
      MimeMessage mime = server.arrived.get(0).mime();
      assertThat(server.arrived).hasSize(1);
      assertThat(mime.getHeader("Bcc")).isNull();
      assertThat(mime.getSubject()).startsWith("a ").doesNotContain("\n", "\r");
      assertThat(mime.getContent().toString()).startsWith("Cầu Trường Tiền");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lan@hue.example\r\nRCPT TO:<eve@evil.example>",
        "lan@hue.example,eve@evil.example",
        "<lan@hue.example>",
        "lan@hue.example>",
        "lan @hue.example",
        "lan@hue..example",
        "@hue.example",
        "lan",
        ""
      })
  void anAddressIsOneAddress(String address) {
    assertThat(EmailAddress.isOne(address)).isFalse();
    assertThatThrownBy(() -> new Email(address, "a", "s", "t", null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void usualAddressesAreTaken() {
    assertThat(List.of("lan@hue.example", "a.b+c@x-y.example.org", "o'neil@a.vn"))
        .allMatch(EmailAddress::isOne);
  }

  @Test
  void startTlsAndALogInAreUsedWhereTheServerIsTrusted() throws Exception {
    try (TestMailServer server = TestMailServer.startTls(folder)) {
      MailServer setting = server.setting(MailServer.Security.STARTTLS, TestMailServer.USER);
      assertThat(send(setting, TestMailServer.PASSWORD, email("s")).kind())
          .isEqualTo(Kind.DELIVERED);
      assertThat(send(setting, "wrong", email("s")).kind()).isNotEqualTo(Kind.DELIVERED);
      MailServer untrusted =
          new MailServer(
              "localhost",
              server.port(),
              MailServer.Security.STARTTLS,
              TestMailServer.USER,
              "kydai@hue.example",
              null);
      assertThat(send(untrusted, TestMailServer.PASSWORD, email("s")).kind())
          .isEqualTo(Kind.FAILED);
      // The certificate is of the name localhost alone.
      MailServer otherName =
          new MailServer(
              "127.0.0.1",
              server.port(),
              MailServer.Security.STARTTLS,
              TestMailServer.USER,
              "kydai@hue.example",
              setting.certificates());
      assertThat(send(otherName, TestMailServer.PASSWORD, email("s")).kind())
          .isEqualTo(Kind.FAILED);
      assertThat(server.arrived).hasSize(1);
    }
  }

  @Test
  void tlsFromTheFirstByteIsUsed() throws Exception {
    try (TestMailServer server = TestMailServer.tls(folder)) {
      MailServer setting = server.setting(MailServer.Security.TLS, TestMailServer.USER);
      assertThat(send(setting, TestMailServer.PASSWORD, email("s")).kind())
          .isEqualTo(Kind.DELIVERED);
      assertThat(server.arrived).hasSize(1);
    }
  }

  @Test
  void aServerWithoutTlsGetsNothingWhereTlsIsWanted() throws Exception {
    try (TestMailServer server = TestMailServer.plain()) {
      Outcome outcome =
          send(
              server.setting(MailServer.Security.STARTTLS, TestMailServer.USER),
              TestMailServer.PASSWORD,
              email("s"));
      assertThat(outcome.kind()).isEqualTo(Kind.FAILED);
      assertThat(server.arrived).isEmpty();
    }
  }

  @Test
  void aRefusalForGoodAndOneForNowAreToldApart() throws Exception {
    try (TestMailServer server = TestMailServer.plain()) {
      MailServer setting = server.setting(MailServer.Security.NONE, null);
      server.refusing = 550;
      assertThat(send(setting, null, email("s")))
          .isEqualTo(new Outcome(Kind.REFUSED, "SMTP status 550"));
      server.refusing = 451;
      assertThat(send(setting, null, email("s")))
          .isEqualTo(new Outcome(Kind.FAILED, "SMTP status 451"));
    }
  }

  @Test
  void aServerThatIsSilentOrAwayIsAFailure() throws Exception {
    MailServer setting;
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      setting =
          new MailServer(
              "localhost",
              silent.getLocalPort(),
              MailServer.Security.NONE,
              null,
              "kydai@hue.example",
              null);
      assertThat(send(setting, null, email("s"), Duration.ofSeconds(1)).kind())
          .isEqualTo(Kind.FAILED);
    }
    assertThat(send(setting, null, email("s")))
        .isEqualTo(new Outcome(Kind.FAILED, "no connection"));
  }

  @Test
  void aPasswordIsNeverSentReadably() {
    assertThatThrownBy(
            () ->
                new MailServer(
                    "mail.example", 25, MailServer.Security.NONE, "kydai", "a@b.example", null))
        .isInstanceOf(InvalidSettingException.class)
        .extracting(e -> ((InvalidSettingException) e).field())
        .isEqualTo("security");
  }
}
