/**
 * Live pictures by WebRTC, as WHEP asks for them (draft-ietf-wish-whep-04): a camera's own H.264,
 * not re-encoded, within a few frames of the camera.
 *
 * <p>Enters: offers, a camera's access units, datagrams of anybody. Leaves: answers, datagrams to
 * browsers that were checked. HTTP, and who may watch, is another's affair.
 *
 * <p>Owns: the UDP port and its event loop, on which everything of a session happens; the threads
 * of handshakes; the sessions.
 */
@NullMarked
package io.kydai.streaming.live.whep;

import org.jspecify.annotations.NullMarked;
