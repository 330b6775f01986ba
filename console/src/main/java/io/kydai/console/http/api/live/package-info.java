/**
 * The operations on live pictures as HTTP Live Streaming has them: playlists and media, of which a
 * player may ask for what comes next.
 *
 * <p>Enters: calls whose parameters were checked against {@code openapi.json}. Leaves: playlists
 * and media of {@link io.kydai.streaming.live.hls}, and a viewing in the audit for each viewer of a
 * camera. Owns: the viewings that last, at most {@value
 * io.kydai.console.http.api.live.LiveViewings#MOST}.
 */
@NullMarked
package io.kydai.console.http.api.live;

import org.jspecify.annotations.NullMarked;
