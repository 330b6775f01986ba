package io.kydai.console.users;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A log-in that lasts.
 *
 * @param accountVersion the version of the account at log-in; the session ends when it changes
 * @param csrf the token that changes from a browser must bring
 * @param lastUsedAt in memory at each request, in the database once a minute
 * @param expiresAt the absolute end
 * @param address the client's address at log-in
 * @param userAgent what the client called itself at log-in, at most 200 characters
 * @param method how the person's identity was checked, such as {@code password} or {@code oidc}
 */
public record LogInSession(
    AccountId id,
    AccountId account,
    long accountVersion,
    String csrf,
    Instant createdAt,
    Instant lastUsedAt,
    Instant expiresAt,
    String address,
    String userAgent,
    String method) {
  public LogInSession {
    requireNonNull(id);
    requireNonNull(account);
  }

  LogInSession usedAt(Instant now) {
    return new LogInSession(
        id, account, accountVersion, csrf, createdAt, now, expiresAt, address, userAgent, method);
  }
}
