/**
 * The operations of the HTTP contract, one class for each subject.
 *
 * <p>Enters: calls whose parameters were checked against {@code openapi.json}. Leaves: replies and
 * problems (RFC 9457). Runs on workers, except where a method says otherwise; keeps no state.
 */
@NullMarked
package io.kydai.console.http.api;

import org.jspecify.annotations.NullMarked;
