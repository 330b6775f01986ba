/**
 * The operations on live pictures: as HTTP Live Streaming has them, playlists and media, of which a
 * player may ask for what comes next; and as WHEP has them, offers and answers of WebRTC.
 *
 * <p>Enters: calls whose parameters were checked against {@code openapi.json}. Leaves: playlists
 * and media of {@link io.kydai.streaming.live.hls}, answers of {@link
 * io.kydai.streaming.live.whep}, and a viewing in the audit for each viewer of a camera. Owns: the
 * viewings that last, at most {@value io.kydai.console.http.api.live.LiveViewings#MOST} by HLS, and
 * as many by WebRTC as it has sessions.
 */
@NullMarked
package io.kydai.console.http.api.live;

import org.jspecify.annotations.NullMarked;
