package io.kydai.console.http.origin;

import org.jspecify.annotations.Nullable;

/**
 * From where a request came.
 *
 * @param address the client's IP address: that of the connection or, where a listed proxy is there,
 *     the one that the proxy reports
 * @param secure whether the client spoke TLS, to this node or to a listed proxy
 * @param host the host that the client asked for, in lower case, as a listed proxy reports it; null
 *     where none does
 * @param proxied whether the connection is a listed proxy's
 * @param requestId the request's id, which the answer's {@value RequestId#HEADER} and the log have
 *     too
 */
public record ClientOrigin(
    String address, boolean secure, @Nullable String host, boolean proxied, String requestId) {}
