/**
 * The module that detects objects in pictures.
 *
 * <p>Enters: a picture's pixels at the network's input size, and its place in them ({@link
 * io.kydai.models.detection.Letterbox}). Leaves: {@link io.kydai.models.detection.Detection}s, in
 * coordinates of the camera's own picture. The module does not depend on cameras, tracks or time.
 *
 * <p>Owns: the network and its sessions ({@link io.kydai.models.detection.DetectorModel}), which
 * the code that loaded them closes. A {@link io.kydai.models.detection.Detector} is used by one
 * thread at a time.
 */
@NullMarked
package io.kydai.models;

import org.jspecify.annotations.NullMarked;
