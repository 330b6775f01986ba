/**
 * ISO base media files (ISO/IEC 14496-12) with one H.264 track (14496-15), written by ourselves.
 *
 * <p>Enters: access units and their codec parameters. Leaves: initialisation segments, fragments of
 * one access unit each, and whole files. The coded pictures are copied, never changed.
 *
 * <p>Owns nothing beyond a call, but for {@link io.kydai.streaming.mp4.FragmentTimes}, which is one
 * stream's state and is used by one thread at a time.
 */
@NullMarked
package io.kydai.streaming.mp4;

import org.jspecify.annotations.NullMarked;
