package io.kydai.console.http.server;

import io.kydai.console.http.access.Authentication;
import io.kydai.console.http.access.Requester;
import io.kydai.console.http.origin.ProxyHeaders;
import io.kydai.console.users.OpenCaller;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** Takes everybody for the same caller, without a look at cookies and tokens. */
public final class OpenAuthentication extends Authentication {
  private final ProxyHeaders proxies;

  public OpenAuthentication(ProxyHeaders proxies) {
    super(secret -> Optional.empty(), token -> Optional.empty(), proxies);
    this.proxies = proxies;
  }

  @Override
  public Requester requester(HttpServerRequest request) {
    return new Requester(OpenCaller.ANYBODY, proxies.origin(request), "", "", "");
  }
}
