/**
 * The operations on cases: what people ask to be exported, its archives, and links for those
 * without an account.
 *
 * <p>Enters: calls whose parameters were checked against {@code openapi.json}. Leaves: archives, of
 * which any range of bytes may be asked for, and an audit entry for each. Owns nothing but the
 * counts of attempts with links that open nothing.
 */
@NullMarked
package io.kydai.console.http.api.cases;

import org.jspecify.annotations.NullMarked;
