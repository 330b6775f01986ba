package io.kydai.streaming.live.rtsp;

import io.kydai.streaming.live.rtsp.transport.UdpPorts;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What all connections share.
 *
 * @param worker runs what may wait; refuses by a {@link
 *     java.util.concurrent.RejectedExecutionException}
 * @param nanoTime a monotonic clock
 * @param sessions one place for each, by the party
 * @param udp null where there is no UDP
 */
record ServerParts(
    RtspEntrance entrance,
    Executor worker,
    LongSupplier nanoTime,
    RandomGenerator random,
    Places sessions,
    @Nullable UdpPorts udp) {}
