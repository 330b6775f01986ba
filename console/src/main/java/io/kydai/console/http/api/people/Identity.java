package io.kydai.console.http.api.people;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.AuditLog;
import io.kydai.console.oidc.OpenIdConnect;
import io.kydai.console.users.Directory;
import io.kydai.console.users.FirstAdministrator;
import io.kydai.console.users.LogInFactors;
import io.kydai.console.users.LogIns;
import io.kydai.console.users.Sessions;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The people of a node, as the HTTP server asks for them.
 *
 * @param oidc the log-in by a provider; null where there is none
 */
public record Identity(
    Directory directory,
    Sessions sessions,
    LogIns logIns,
    FirstAdministrator first,
    AuditLog audit,
    LogInFactors factors,
    @Nullable OpenIdConnect oidc) {
  public Identity {
    requireNonNull(directory);
    requireNonNull(sessions);
    requireNonNull(logIns);
    requireNonNull(first);
    requireNonNull(audit);
    requireNonNull(factors);
  }

  /**
   * The people over what is known of them.
   *
   * @param oidc null where there is no provider
   */
  public static Identity of(
      Directory directory,
      Sessions sessions,
      LogInFactors factors,
      AuditLog audit,
      Clock clock,
      @Nullable OpenIdConnect oidc) {
    return new Identity(
        directory,
        sessions,
        new LogIns(sessions, directory, audit, factors, clock),
        new FirstAdministrator(directory, clock),
        audit,
        factors,
        oidc);
  }
}
