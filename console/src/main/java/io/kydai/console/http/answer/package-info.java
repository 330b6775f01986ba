/**
 * What an answer to an HTTP request says: a value as JSON, a file or stream, or a problem (RFC
 * 9457).
 *
 * <p>Enters: values of the API and faults of requests. Leaves: answers, which {@code http.server}
 * sends. Knows neither connections nor callers; its texts never quote what a client sent at length.
 */
@NullMarked
package io.kydai.console.http.answer;

import org.jspecify.annotations.NullMarked;
