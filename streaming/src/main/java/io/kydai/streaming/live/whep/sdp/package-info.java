/**
 * Offers and answers of a session (RFC 8866, RFC 8829), as far as WHEP needs them.
 *
 * <p>Enters: what a client wrote, untrusted. Leaves: what of it matters, or words about what is
 * missing; the answer's text. Owns nothing.
 */
@NullMarked
package io.kydai.streaming.live.whep.sdp;

import org.jspecify.annotations.NullMarked;
