package io.kydai.console.http.server;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.users.Caller;

/**
 * Who makes a request, and from where.
 *
 * @param client where the request came from
 * @param userAgent what the client calls itself; empty where it does not say
 */
public record Requester(Caller caller, ClientOrigin client, String userAgent) {
  public Requester {
    requireNonNull(caller);
    requireNonNull(client);
    requireNonNull(userAgent);
  }

  /** Returns where the request came from, as the audit has it. */
  public RequestOrigin origin() {
    return new RequestOrigin(client.address(), client.requestId());
  }
}
