/**
 * The server's half of Interactive Connectivity Establishment as a lite agent has it (RFC 8445,
 * section 2.5): it answers the checks of browsers, and makes one only where a browser moves.
 *
 * <p>Enters: datagrams of anybody. Leaves: checks that are well-formed, and answers to those that
 * are authentic; a check of its own, and whether it was answered. Owns nothing.
 */
@NullMarked
package io.kydai.streaming.live.whep.ice;

import org.jspecify.annotations.NullMarked;
