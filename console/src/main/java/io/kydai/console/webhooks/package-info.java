/**
 * Tells other systems of reports.
 *
 * <p>Enters: reports, in the transaction that changes them. Leaves: signed CloudEvents, over HTTP,
 * at least once each, in order for each endpoint. Owns the outbox table, a timer thread and an HTTP
 * client. Format, signature and retries are in {@code docs/webhooks.md}.
 */
@NullMarked
package io.kydai.console.webhooks;

import org.jspecify.annotations.NullMarked;
