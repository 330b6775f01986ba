/**
 * Closer looks at the far end of a street, where the whole picture, scaled down, shows too little.
 *
 * <p>Enters: what moves, what was detected, and the scene's zones with {@code use: far}. Leaves:
 * {@link io.kydai.analytics.regions.RegionView parts of the picture} for one inference more, and
 * the detections of both views as those of one picture.
 *
 * <p>Owns: nothing but numbers; pixels are the scaler's.
 */
@NullMarked
package io.kydai.analytics.regions;

import org.jspecify.annotations.NullMarked;
