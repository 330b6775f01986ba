/**
 * The faults of simulated cameras, as values and as text, and their effect on a session's packets.
 *
 * <p>Input: a fault's text and packets. Output: the packets that are sent, in their order. One
 * {@code PacketFaults} belongs to one track of one session, on its channel's event loop.
 */
@NullMarked
package io.kydai.ingest.simulator.fault;

import org.jspecify.annotations.NullMarked;
