/**
 * A camera's live stream as Low-Latency HTTP Live Streaming has it (draft-pantos-hls-rfc8216bis):
 * playlists, partial segments, segments. Nothing is encoded again: parts are the fragments of
 * {@link io.kydai.streaming.live.event}, one behind another.
 *
 * <p>Enters: live events of a camera, questions for playlists and media that may be ahead of the
 * stream. Leaves: texts and bytes, as futures where they are not there yet.
 *
 * <p>Owns: the newest {@value io.kydai.streaming.live.hls.SegmentWindow#LISTED_SECONDS} s and some
 * more of each camera that somebody watches in this way, at most {@value
 * io.kydai.streaming.live.hls.SegmentWindow#MOST_BYTES} bytes; at most {@value
 * io.kydai.streaming.live.hls.HlsStreams#MOST_CAMERAS} cameras at a time. HTTP is the console's.
 */
@NullMarked
package io.kydai.streaming.live.hls;

import org.jspecify.annotations.NullMarked;
