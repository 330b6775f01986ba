/**
 * Where a request comes from: the client's address, behind a proxy that is trusted or none, the
 * request's id, and the headers that each answer carries back.
 *
 * <p>Enters: headers of requests, which are not trusted. Leaves: values that the limits, the log-in
 * and the audit go by.
 */
@NullMarked
package io.kydai.console.http.origin;

import org.jspecify.annotations.NullMarked;
