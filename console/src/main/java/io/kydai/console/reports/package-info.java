/**
 * The report queue.
 *
 * <p>Enters: alerts with evidence, operators' decisions. Leaves: reports with their history, and,
 * in the same transaction, what webhooks are to tell. Owns the queue's one writing thread.
 */
@NullMarked
package io.kydai.console.reports;

import org.jspecify.annotations.NullMarked;
