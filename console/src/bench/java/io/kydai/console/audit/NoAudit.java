package io.kydai.console.audit;

import io.kydai.console.store.Database;
import java.time.Clock;

/** Groups to which events are given, and which forget them. */
public final class NoAudit extends AuditGroups {
  public NoAudit(Database database, AuditLog audit, Clock clock) {
    super(database, audit, clock);
  }

  @Override
  public Viewing view(AuditEvent event) {
    return () -> {};
  }

  @Override
  public void count(AuditEvent event) {}

  @Override
  public void record(AuditEvent event) {}
}
