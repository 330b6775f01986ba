/**
 * Where to look more closely than at the whole picture scaled down.
 *
 * <p>Enters: what moves, what was detected, and the scene's far zones. Leaves: {@link
 * io.kydai.analytics.regions.View views}, which say how parts of the picture lie in a network's
 * input, and the detections of several views as those of one picture.
 *
 * <p>Owns: nothing but numbers; pixels are the scaler's.
 */
package io.kydai.analytics.regions;
