/**
 * Live streams: a camera's own pictures, and what was seen on them, to everyone who watches.
 *
 * <p>Enters: access units and observations of a camera, viewers that join and leave. Leaves: JSON
 * texts and fragments of MP4 to each {@link io.kydai.streaming.LiveViewer}.
 *
 * <p>Owns: the newest group of pictures of each camera, and for each viewer only its place in it.
 * Everything of one camera happens on that camera's {@link io.kydai.streaming.live.Lane}.
 */
@NullMarked
package io.kydai.streaming.live;

import org.jspecify.annotations.NullMarked;
