package io.kydai.console.http.api;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.config.WebhookConfig;
import io.kydai.console.outbox.DeadLetterPage;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.store.Database;
import io.kydai.console.webhooks.EndpointStatus;
import io.kydai.console.webhooks.TestOutcome;
import io.kydai.console.webhooks.WebhookDispatcher;
import io.kydai.console.webhooks.Webhooks;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The real dispatcher of webhooks, of endpoints that a test may change. */
public final class DeskWebhooks implements Webhooks, ReportOutbox, AutoCloseable {
  private final Database database;
  private final AuditLog audit;
  private volatile WebhookDispatcher dispatcher;
  private volatile Webhooks administration;

  DeskWebhooks(Database database, AuditLog audit) {
    this.database = database;
    this.audit = audit;
    dispatcher = dispatcher(List.of());
    administration = dispatcher.administration(audit);
  }

  private WebhookDispatcher dispatcher(List<WebhookConfig> endpoints) {
    return new WebhookDispatcher(
        database,
        endpoints,
        camera -> Optional.empty(),
        () -> URI.create("http://127.0.0.1:8080"),
        Clock.systemUTC(),
        new SimpleMeterRegistry());
  }

  /** Delivers to these endpoints from now on. */
  public void configure(List<WebhookConfig> endpoints) {
    dispatcher.close();
    dispatcher = dispatcher(endpoints);
    administration = dispatcher.administration(audit);
    dispatcher.start();
  }

  @Override
  public List<EndpointStatus> endpoints() {
    return administration.endpoints();
  }

  @Override
  public Optional<TestOutcome> test(String id, Actor actor, RequestOrigin origin) {
    return administration.test(id, actor, origin);
  }

  @Override
  public Optional<Integer> replay(
      String id, @Nullable String event, Actor actor, RequestOrigin origin) {
    return administration.replay(id, event, actor, origin);
  }

  @Override
  public DeadLetterPage page(int limit, String cursor) {
    return administration.page(limit, cursor);
  }

  @Override
  public void write(Handle transaction, Report report) throws SQLException {
    dispatcher.outbox().write(transaction, report);
  }

  @Override
  public void committed() {
    dispatcher.outbox().committed();
  }

  @Override
  public void close() {
    dispatcher.close();
  }
}
