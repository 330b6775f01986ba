/**
 * How HTTP is spoken: limits on connections, headers, bodies and time, the endpoints, pages and
 * files, and WebSockets of one kind.
 *
 * <p>Enters: requests, which are bounded and not trusted. Leaves: answers that all carry the same
 * careful headers. Knows no camera and no report.
 */
@NullMarked
package io.kydai.console.http.server;

import org.jspecify.annotations.NullMarked;
