/**
 * Messages to people: an incident, a report that an agency is to act on, a deadline, a camera's
 * fault that lasts.
 *
 * <p>Enters: what happens to reports, in the transactions of the report queue, and what people and
 * administrators set. Leaves: e-mails and Web Push to those who may see what is told. Owns: the
 * tables {@code message…} and {@code push_subscription}, and a thread. {@code docs/messages.md}
 * says who gets what when.
 */
@NullMarked
package io.kydai.console.messages;

import org.jspecify.annotations.NullMarked;
