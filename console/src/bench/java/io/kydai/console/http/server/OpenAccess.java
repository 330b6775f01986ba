package io.kydai.console.http.server;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Lets everybody do everything. */
public final class OpenAccess extends AccessControl {
  public OpenAccess() {
    super(camera -> Optional.empty());
  }

  @Override
  Instant check(Requester requester, Need need, Map<String, String> path) {
    return Instant.EPOCH;
  }
}
