/**
 * The computation of media time, decode time and wall-clock time of a camera's pictures.
 *
 * <p>Enters: RTP timestamps, RTCP sender reports, arrival times of the monotonic clock. Leaves:
 * times in ticks of 1/90000 s and instants. {@code docs/time.md} describes the method and its
 * constants.
 *
 * <p>Owns: a few numbers for each camera. Its classes are used on the camera's event loop only.
 */
@NullMarked
package io.kydai.ingest.clock;

import org.jspecify.annotations.NullMarked;
