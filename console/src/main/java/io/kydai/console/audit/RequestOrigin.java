package io.kydai.console.audit;

import org.jspecify.annotations.Nullable;

/**
 * The origin of a request.
 *
 * @param address the client's IP address; null where there was no request, at most {@value
 *     #MAX_LENGTH} characters, longer ones are cut
 * @param requestId the id of the request; null where there was none, bounded likewise
 */
public record RequestOrigin(@Nullable String address, @Nullable String requestId) {
  private static final int MAX_LENGTH = 100;

  /** The origin of what the node does by itself. */
  public static final RequestOrigin NONE = new RequestOrigin(null, null);

  public RequestOrigin {
    address = address == null ? null : AuditText.shortened(address, MAX_LENGTH);
    requestId = requestId == null ? null : AuditText.shortened(requestId, MAX_LENGTH);
  }
}
