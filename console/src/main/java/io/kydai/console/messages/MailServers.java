package io.kydai.console.messages;

import static java.util.Objects.requireNonNull;

import io.kydai.console.messages.mail.Email;
import io.kydai.console.messages.mail.MailSender;
import io.kydai.console.messages.mail.MailServer;
import io.kydai.console.outbox.Outcome;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.settings.Versioned;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The client of the mail server that is set; a new one with each version of the setting. */
final class MailServers implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final DeskSettings settings;
  private final MessageSecrets secrets;
  private @Nullable MailSender sender;
  private long version;

  MailServers(Vertx vertx, DeskSettings settings, MessageSecrets secrets) {
    this.vertx = requireNonNull(vertx);
    this.settings = requireNonNull(settings);
    this.secrets = requireNonNull(secrets);
  }

  /**
   * Makes an attempt to send an e-mail. Waits for the database, and not for the server.
   *
   * @return the outcome, which never completes exceptionally
   */
  synchronized CompletionStage<Outcome> send(Email email) {
    Versioned<MailServer> now = settings.get(MailServer.SETTING);
    if (!now.value().sends()) {
      return CompletableFuture.completedFuture(
          new Outcome(Outcome.Kind.FAILED, "no mail server is set"));
    }
    MailSender known = sender;
    if (known == null || version != now.version()) {
      close();
      known = new MailSender(vertx, now.value(), secrets.password().orElse(null), LIMIT);
      sender = known;
      version = now.version();
    }
    return known.send(email);
  }

  @Override
  public synchronized void close() {
    MailSender known = sender;
    if (known != null) {
      known.close();
      sender = null;
    }
  }
}
