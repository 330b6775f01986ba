/**
 * The room of people: the wall, the report queue, webhooks, metrics, and the process itself.
 *
 * <p>Enters: alerts with evidence, people's and integrators' requests. Leaves: pages, events,
 * webhooks. Knows no RTP, FFmpeg or tensors.
 *
 * <p>Owns: the other rooms, which the composition root builds and closes in reverse order.
 */
@NullMarked
package io.kydai.console;

import org.jspecify.annotations.NullMarked;
