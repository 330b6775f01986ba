/**
 * The second stream of a camera that has two: pulled while somebody watches it, with what is
 * observed on the other one.
 *
 * <p>Enters: viewers, access units of both streams, observations of the analysed one. Leaves: live
 * events to each viewer, with the offset between the two streams' clocks.
 *
 * <p>Owns: the pulled stream and its newest group of pictures, for as long as somebody watches and
 * some seconds longer.
 */
@NullMarked
package io.kydai.streaming.rendition;

import org.jspecify.annotations.NullMarked;
