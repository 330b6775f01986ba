/**
 * How simulated cameras misbehave: faults as values, as text, and at work on a session's packets.
 *
 * <p>Enters: a fault's text, packets. Leaves: the packets that pass, in the order in which they
 * pass. One {@code PacketFaults} belongs to one track of one session, on its channel's event loop.
 */
@NullMarked
package io.kydai.ingest.simulator.fault;

import org.jspecify.annotations.NullMarked;
