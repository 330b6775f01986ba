package io.kydai.console.http.access;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.origin.ClientOrigin;
import io.kydai.console.users.Caller;
import java.util.Arrays;
import java.util.Optional;

/**
 * Who makes a request, and from where.
 *
 * @param client where the request came from
 * @param userAgent what the client calls itself; empty where it does not say
 * @param host the host that the client asked for, as it, or a listed proxy, wrote it
 * @param cookies the {@code Cookie} header; empty where there is none
 */
public record Requester(
    Caller caller, ClientOrigin client, String userAgent, String host, String cookies) {
  public Requester {
    requireNonNull(caller);
    requireNonNull(client);
    requireNonNull(userAgent);
    requireNonNull(host);
    requireNonNull(cookies);
  }

  /** Returns the value of a cookie; empty where the client sent none of that name. */
  public Optional<String> cookie(String name) {
    return Arrays.stream(cookies.split(";"))
        .map(String::strip)
        .filter(one -> one.startsWith(name + "="))
        .map(one -> one.substring(name.length() + 1))
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  /** Hides the cookies. */
  @Override
  public String toString() {
    return "Requester[" + caller.actor() + "]";
  }

  /** Returns where the request came from, as the audit has it. */
  public RequestOrigin origin() {
    return new RequestOrigin(client.address(), client.requestId());
  }
}
