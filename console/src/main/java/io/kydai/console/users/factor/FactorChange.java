package io.kydai.console.users.factor;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.RequestOrigin;

/**
 * Whose second factors are changed or used, and on whose behalf, for the audit.
 *
 * @param account the account's id
 * @param name the account's name
 */
public record FactorChange(String account, String name, Actor actor, RequestOrigin origin) {
  /** Returns a change that the account's owner makes. */
  public static FactorChange ofOwn(String account, String name, RequestOrigin origin) {
    return new FactorChange(account, name, new Actor(Actor.Kind.ACCOUNT, account, name), origin);
  }

  AuditEvent event(AuditEventType type) {
    return AuditEvent.of(type, actor, origin).detail("account", account).detail("name", name);
  }
}
