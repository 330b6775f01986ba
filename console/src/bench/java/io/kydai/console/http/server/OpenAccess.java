package io.kydai.console.http.server;

import io.kydai.console.http.access.AccessControl;
import io.kydai.console.http.access.Requester;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Lets everybody do everything. */
public final class OpenAccess extends AccessControl {
  public OpenAccess() {
    super(camera -> Optional.empty(), (caller, camera) -> true);
  }

  @Override
  public Instant check(Requester requester, Need need, Map<String, String> path) {
    return Instant.EPOCH;
  }
}
