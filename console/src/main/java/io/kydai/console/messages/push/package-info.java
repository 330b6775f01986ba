/**
 * Web Push: messages to browsers (RFC 8030), encrypted for each (RFC 8291) and signed by the node
 * (RFC 8292).
 *
 * <p>Enters: subscriptions of browsers, which are untrusted, and texts. Leaves: what the push
 * service answered. Owns: an HTTP client and threads that look names up.
 */
@NullMarked
package io.kydai.console.messages.push;

import org.jspecify.annotations.NullMarked;
