/**
 * The operations on people: logging in and out, second factors, OpenID Connect, accounts, tokens,
 * areas, and the reading of the audit.
 *
 * <p>Enters: calls whose parameters were checked against {@code openapi.json}, with passwords and
 * codes, which are kept no longer than the call. Leaves: sessions' cookies, and who may do what,
 * without any secret that is not shown exactly once. Owns nothing.
 */
@NullMarked
package io.kydai.console.http.api.people;

import org.jspecify.annotations.NullMarked;
