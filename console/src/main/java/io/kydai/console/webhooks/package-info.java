/**
 * The delivery of events of reports to other systems.
 *
 * <p>Enters: reports, in the transaction that changes them. Leaves: signed CloudEvents over HTTP,
 * each at least once, in order for each endpoint. Owns: the table {@code outbox}, a timer thread
 * and an HTTP client. {@code docs/webhooks.md} describes the format, the signature and the retries.
 */
@NullMarked
package io.kydai.console.webhooks;

import org.jspecify.annotations.NullMarked;
