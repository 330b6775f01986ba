/**
 * What is seen on one frame, as values that everybody above may name.
 *
 * <p>A {@link io.kydai.analytics.observation.Frame} is borrowed: whoever receives it may read it
 * until the call returns. An {@link io.kydai.analytics.observation.Observation} is immutable and
 * may be kept. Media times are 1/90000 s; coordinates are 0..1 of the picture.
 */
@NullMarked
package io.kydai.analytics.observation;

import org.jspecify.annotations.NullMarked;
