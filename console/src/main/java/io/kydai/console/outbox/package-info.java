/**
 * Durable delivery of what is to be told outside: webhooks' events and people's messages.
 *
 * <p>Enters: texts for a destination, in the transaction of the change that they tell of. Leaves:
 * each of them to its destination at least once, or a dead letter. Owns: one table for each
 * subject, whose name the subject gives, and the times of attempts. How a text travels is the
 * subject's own.
 */
@NullMarked
package io.kydai.console.outbox;

import org.jspecify.annotations.NullMarked;
