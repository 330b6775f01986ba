/**
 * What every detector is asked and answers: boxes, detections, input sizes, and how a picture was
 * fitted.
 *
 * <p>Values and interfaces. A {@link io.kydai.models.detection.Detector} belongs to one thread at a
 * time; a {@link io.kydai.models.detection.DetectorModel} owns the network and is closed by whoever
 * loaded it.
 */
@NullMarked
package io.kydai.models.detection;

import org.jspecify.annotations.NullMarked;
