/**
 * RTSP's messages as a server reads and writes them (RFC 2326): requests, what their addresses,
 * log-ins and transports mean, answers, and the description of a stream (RFC 8866).
 *
 * <p>Enters: a client's bytes, which are untrusted and bounded by {@link
 * io.kydai.streaming.live.rtsp.message.RequestDecoder}. Leaves: requests, and the bytes of answers.
 *
 * <p>Owns: nothing but the head of the request that is coming.
 */
@NullMarked
package io.kydai.streaming.live.rtsp.message;

import org.jspecify.annotations.NullMarked;
