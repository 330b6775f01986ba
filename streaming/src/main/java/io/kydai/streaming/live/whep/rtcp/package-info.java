/**
 * RTCP of one session (RFC 3550, RFC 4585): the server's reports, and what a browser says back.
 *
 * <p>Enters: compound packets that are authentic, and otherwise untrusted. Leaves: the feedback
 * that they have, sender reports and goodbyes. Owns nothing.
 */
@NullMarked
package io.kydai.streaming.live.whep.rtcp;

import org.jspecify.annotations.NullMarked;
