/**
 * The room where pictures become detections.
 *
 * <p>Enters: a picture's pixels at the network's input size, and how it was fitted ({@link
 * io.kydai.models.detection.Letterbox}). Leaves: {@link io.kydai.models.detection.Detection}s, in
 * coordinates of the camera's own picture. Knows no cameras, tracks or time.
 *
 * <p>Owns: the network and its sessions ({@link io.kydai.models.detection.DetectorModel}), closed
 * by whoever loaded it. A {@link io.kydai.models.detection.Detector} belongs to one thread at a
 * time.
 */
@NullMarked
package io.kydai.models;

import org.jspecify.annotations.NullMarked;
