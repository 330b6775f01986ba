/**
 * The live stream as a WebSocket carries it: JSON texts and fragmented MP4, described in {@code
 * docs/live.md}.
 *
 * <p>Enters: live events. Leaves: text and binary messages to a {@link
 * io.kydai.streaming.live.websocket.MessageSink}, which the HTTP server implements.
 *
 * <p>Owns nothing: what waits to be sent is the sink's.
 */
@NullMarked
package io.kydai.streaming.live.websocket;

import org.jspecify.annotations.NullMarked;
