package io.kydai.console.messages.mail;

import static java.util.Objects.requireNonNull;

import io.kydai.console.outbox.Outcome;
import io.kydai.console.outbox.Outcome.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailAttachment;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.StartTLSOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends e-mails to one mail server. At most {@value #CONNECTIONS} connections are open; further
 * e-mails wait for one, as many as the caller has under way. A whole attempt ends after a limit.
 */
public final class MailSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MailSender.class);
  private static final int CONNECTIONS = 2;

  /** The answer of a server that a recipient is unknown, or refuses the e-mail for good. */
  private static final int PERMANENT = 500;

  private final MailServer server;
  private final MailClient client;
  private final Duration limit;
  private final String domain;

  /**
   * @param server that is set
   * @param password null where the server asks for none
   * @param limit how long an attempt takes at most
   */
  public MailSender(Vertx vertx, MailServer server, @Nullable String password, Duration limit) {
    this.server = requireNonNull(server);
    this.limit = requireNonNull(limit);
    domain = server.from().substring(server.from().indexOf('@') + 1);
    client = MailClient.create(vertx, config(server, password, limit, domain));
  }

  private static MailConfig config(
      MailServer server, @Nullable String password, Duration limit, String domain) {
    // Not setHostnameVerificationAlgorithm: the client checks the certificate's name by itself, and
    // takes any name where an algorithm is given (SMTPConnectionPool of vertx-mail-client 5.1.6).
    MailConfig config =
        new MailConfig(server.host(), server.port())
            .setSsl(server.security() == MailServer.Security.TLS)
            .setStarttls(
                server.security() == MailServer.Security.STARTTLS
                    ? StartTLSOptions.REQUIRED
                    : StartTLSOptions.DISABLED)
            .setMaxPoolSize(CONNECTIONS)
            .setOwnHostname(domain)
            .setUserAgent("kydai")
            .setConnectTimeout((int) limit.toMillis())
            .setIdleTimeout((int) limit.toMillis())
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    String user = server.user();
    if (user == null || password == null) {
      config.setLogin(LoginOption.DISABLED);
    } else {
      config.setLogin(LoginOption.REQUIRED).setUsername(user).setPassword(password);
    }
    String pem = server.certificates();
    if (pem != null) {
      config.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(pem)));
    }
    return config;
  }

  /**
   * Makes an attempt to send an e-mail.
   *
   * @return the outcome, which never completes exceptionally
   */
  public CompletionStage<Outcome> send(Email email) {
    MailMessage message =
        new MailMessage()
            .setFrom(server.from())
            .setTo(email.to())
            .setSubject(email.subject())
            .setText(email.text());
    message.addHeader("Message-ID", "<" + email.id() + "@" + domain + ">");
    // RFC 3834, section 5: nobody's out-of-office answer comes back.
    message.addHeader("Auto-Submitted", "auto-generated");
    byte[] picture = email.picture();
    if (picture != null) {
      message.setAttachment(
          MailAttachment.create()
              .setContentType("image/jpeg")
              .setName("alert.jpg")
              .setDisposition("attachment")
              .setData(Buffer.buffer(picture)));
    }
    Future<Outcome> sent;
    try {
      sent =
          client
              .sendMail(message)
              .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
              .map(result -> new Outcome(Kind.DELIVERED, "accepted"));
    } catch (RuntimeException e) {
      LOG.error("an e-mail cannot be made", e);
      sent = Future.succeededFuture(new Outcome(Kind.REFUSED, "the e-mail cannot be made"));
    }
    return sent.otherwise(this::failed).toCompletionStage();
  }

  /** Describes a failure without the server's words, which may repeat the recipient's address. */
  private Outcome failed(Throwable failure) {
    if (failure instanceof SMTPException smtp) {
      int code = smtp.getReplyCode();
      return new Outcome(code >= PERMANENT ? Kind.REFUSED : Kind.FAILED, "SMTP status " + code);
    }
    if (failure instanceof TimeoutException) {
      return new Outcome(Kind.FAILED, "no answer within " + limit.toSeconds() + " s");
    }
    if (failure instanceof SSLException) {
      return new Outcome(Kind.FAILED, "TLS failed");
    }
    if (failure instanceof IOException) {
      return new Outcome(Kind.FAILED, "no connection");
    }
    LOG.debug("an e-mail was not sent", failure);
    return new Outcome(Kind.FAILED, failure.getClass().getSimpleName());
  }

  @Override
  public void close() {
    client.close().onFailure(e -> LOG.warn("the connections to the mail server do not close", e));
  }
}
