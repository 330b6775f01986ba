/**
 * The interface of object detectors and the values that it uses: boxes, detections, input sizes,
 * letterboxes.
 *
 * <p>The package holds values and interfaces only. A {@link io.kydai.models.detection.Detector} is
 * used by one thread at a time; a {@link io.kydai.models.detection.DetectorModel} owns the network,
 * and the code that loaded it closes it.
 */
@NullMarked
package io.kydai.models.detection;

import org.jspecify.annotations.NullMarked;
