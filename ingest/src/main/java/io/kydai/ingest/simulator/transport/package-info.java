/**
 * The simulator's ways to send media: RTP packets and their sender reports, interleaved or over
 * UDP, with the faults of single packets.
 *
 * <p>Input: the payloads of a clip's units and a client's {@link
 * io.kydai.ingest.simulator.message.TransportRequest}. Output: the bytes on the wire, and what a
 * client's RTCP feedback asks for.
 *
 * <p>Ownership: a sink over UDP owns its pair of ports until it is closed; one on the RTSP
 * connection owns the frames between two flushes. Threads: all methods are called on the session's
 * event loop.
 */
@NullMarked
package io.kydai.ingest.simulator.transport;

import org.jspecify.annotations.NullMarked;
