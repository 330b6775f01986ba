/**
 * What time it was: media time, decode time and wall-clock time of a camera's pictures.
 *
 * <p>Enters: RTP timestamps, RTCP sender reports, arrival times of the monotonic clock. Leaves:
 * times in ticks of 1/90000 s and instants. {@code docs/time.md} has the policy and its numbers.
 *
 * <p>Owns no memory beyond a few numbers for each camera; called on the camera's event loop.
 */
@NullMarked
package io.kydai.ingest.clock;

import org.jspecify.annotations.NullMarked;
