/**
 * Who is told of what, by which channel, and when not: shifts and rules of messages as values.
 *
 * <p>Enters: what a site sets. Leaves: the rules that are for an occasion, and the shifts that are
 * on duty at a moment. Owns nothing.
 */
@NullMarked
package io.kydai.console.messages.rules;

import org.jspecify.annotations.NullMarked;
