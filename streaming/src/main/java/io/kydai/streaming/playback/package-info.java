/**
 * Playback: recorded files, as what a player can ask for.
 *
 * <p>Enters: segments of an index and the files that they name. Leaves: one fragmented MP4 file of
 * a span of time, of which any range of bytes can be written. Nothing is encoded anew, and nothing
 * is kept but the headers of the fragments. The caller owns what it opens.
 */
@NullMarked
package io.kydai.streaming.playback;

import org.jspecify.annotations.NullMarked;
