/**
 * Live streams: a camera's own pictures, and what was observed on them, to every subscriber.
 *
 * <p>Enters: access units and observations of a camera, subscribers that join and leave. Leaves:
 * {@link io.kydai.streaming.live.event.LiveEvent}s to each {@link
 * io.kydai.streaming.live.event.LiveSubscriber}.
 *
 * <p>Owns: the newest group of pictures of each camera, and for each subscriber only its place in
 * it. Everything of one camera happens on that camera's {@link
 * io.kydai.ingest.concurrent.SerialExecutor}.
 */
@NullMarked
package io.kydai.streaming.live;

import org.jspecify.annotations.NullMarked;
