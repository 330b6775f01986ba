package io.kydai.console.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.config.OidcConfig;
import io.kydai.console.config.PeopleConfig;
import io.kydai.console.files.NamedFile;
import io.kydai.console.http.api.people.Identity;
import io.kydai.console.oidc.OpenIdConnect;
import io.kydai.console.secrets.SecretsCipher;
import io.kydai.console.store.Database;
import io.kydai.console.store.StoreException;
import io.kydai.console.users.Directory;
import io.kydai.console.users.FirstAdministrator;
import io.kydai.console.users.InvalidPeopleException;
import io.kydai.console.users.LogInFactors;
import io.kydai.console.users.Sessions;
import io.kydai.console.users.factor.Passkeys;
import io.kydai.console.users.factor.SecondFactors;
import io.kydai.ingest.concurrent.NamedThreadFactory;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The people of a node: makes the first administrator where the environment gives a password, and
 * keeps what is known of people up to date, twice a second, until it is closed.
 */
final class NodePeople implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodePeople.class);
  private static final String PASSWORD = "KYDAI_ADMIN_PASSWORD";
  private static final int MAX_PASSWORD_FILE = 4096;
  private static final String PASSWORD_FILE = "KYDAI_ADMIN_PASSWORD_FILE";
  private static final String FIRST_NAME = "admin";
  private static final int TICK_MILLIS = 500;

  private final Identity identity;
  private final @Nullable OpenIdConnect oidc;
  private final ScheduledThreadPoolExecutor ticker;
  private boolean failing;

  NodePeople(
      Vertx vertx,
      PeopleConfig config,
      Database database,
      SecretsCipher secrets,
      AuditLog audit,
      Clock clock) {
    this(vertx, config, database, secrets, audit, clock, System.getenv());
  }

  /**
   * @param environment the variables of the process
   * @throws StartException when the first password is not good enough, or its file cannot be read
   */
  NodePeople(
      Vertx vertx,
      PeopleConfig config,
      Database database,
      SecretsCipher secrets,
      AuditLog audit,
      Clock clock,
      Map<String, String> environment) {
    Directory directory = new Directory(database, audit, clock);
    if (directory.accounts().isEmpty()) {
      firstPassword(environment).ifPresent(password -> addAdministrator(directory, password));
    }
    SecondFactors factors = new SecondFactors(database, secrets, audit, clock);
    LogInFactors required =
        new LogInFactors(factors, new Passkeys(database, factors, clock), config.secondFactor());
    Sessions sessions =
        new Sessions(database, directory, audit, clock, Sessions.Limits.USUAL, required);
    OidcConfig provider = config.oidc();
    oidc = provider == null ? null : new OpenIdConnect(vertx, provider, database, directory, clock);
    identity = Identity.of(directory, sessions, required, audit, clock, oidc);
    ticker = new ScheduledThreadPoolExecutor(1, NamedThreadFactory.of("people"));
    ticker.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static Optional<String> firstPassword(Map<String, String> environment) {
    String file = environment.get(PASSWORD_FILE);
    if (file == null) {
      return Optional.ofNullable(environment.get(PASSWORD)).filter(given -> !given.isEmpty());
    }
    try {
      return Optional.of(
          new String(NamedFile.read(Path.of(file), MAX_PASSWORD_FILE), UTF_8).strip());
    } catch (IOException e) {
      throw new StartException(
          "The file that " + PASSWORD_FILE + " names cannot be read (" + e + ").", e);
    }
  }

  private static void addAdministrator(Directory directory, String password) {
    try {
      FirstAdministrator.add(directory, FIRST_NAME, password, Actor.SYSTEM, RequestOrigin.NONE);
    } catch (InvalidPeopleException e) {
      throw new StartException(
          "The password in " + PASSWORD + " is not good enough. " + e.getMessage(), e);
    }
  }

  private void tick() {
    try {
      identity.sessions().tick();
      failing = false;
    } catch (StoreException e) {
      // The database's own log tells of its fault; what was not written waits for the next turn.
      if (!failing) {
        LOG.warn("log-ins cannot be written or read anew now: {}", e.getMessage());
      }
      failing = true;
    } catch (RuntimeException e) {
      LOG.error("the check of log-ins failed", e);
    }
  }

  Identity identity() {
    return identity;
  }

  @Override
  public void close() {
    ticker.shutdownNow();
    if (oidc != null) {
      oidc.close();
    }
  }
}
