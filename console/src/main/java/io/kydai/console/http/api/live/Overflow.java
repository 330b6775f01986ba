package io.kydai.console.http.api.live;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.Actor;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.ingest.source.CameraId;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Where offers go that a full node has no place for (draft-ietf-wish-whep-04: a server may answer
 * the POST with 307). An offer is sent on once: the address says that it was, whichever node it
 * names, so that nodes which name each other, or themselves, send nobody round.
 *
 * @param origin of the other node
 */
record Overflow(URI origin) {
  /** The query's name for an offer that another node sent on. */
  private static final String REDIRECTED = "redirected";

  Overflow {
    requireNonNull(origin);
  }

  /**
   * Sends an offer to the same camera of the other node.
   *
   * @return empty where it was sent on before, or comes by a log-in: its cookie is this node's
   *     alone, and a page may not ask another origin
   */
  Optional<ApiReply> redirect(ApiCall call, CameraId camera) {
    if (call.flag(REDIRECTED) || call.actor().kind() != Actor.Kind.TOKEN) {
      return Optional.empty();
    }
    String rendition = call.text("rendition").map(one -> "&rendition=" + one).orElse("");
    URI there =
        origin.resolve("/api/v1/cameras/" + camera + "/whep?" + REDIRECTED + "=true" + rendition);
    return Optional.of(
        new ApiReply.Bytes(307, "", new byte[0], Map.of("Location", there.toString())));
  }
}
