/**
 * Access units as payloads of RTP: H.264 (RFC 6184), H.265 (RFC 7798) and JPEG (RFC 2435).
 *
 * <p>Enters: an access unit. Leaves: each payload to a {@link
 * io.kydai.streaming.live.rtsp.payload.PayloadSink}, as a few bytes of headers and a part of the
 * access unit's own bytes; nothing is copied here, and no NAL unit is changed.
 *
 * <p>Owns nothing: what is handed out is borrowed for the call.
 */
@NullMarked
package io.kydai.streaming.live.rtsp.payload;

import org.jspecify.annotations.NullMarked;
