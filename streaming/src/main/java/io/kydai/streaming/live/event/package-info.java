/**
 * What happens in a camera's live stream, as values, and the door for those who take it.
 *
 * <p>Enters: nothing; {@code streaming.live} makes the events. Leaves: {@link
 * io.kydai.streaming.live.event.LiveEvent}s to each {@link
 * io.kydai.streaming.live.event.LiveSubscriber}, which gives them the form of its protocol.
 *
 * <p>Owns: the bytes of fragments, muxed when the first subscriber asks and shared from then on.
 */
@NullMarked
package io.kydai.streaming.live.event;

import org.jspecify.annotations.NullMarked;
