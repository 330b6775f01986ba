/**
 * Face detection for the blurring of persons in pictures that leave the system.
 *
 * <p>Enters: the pixels of a picture, and the boxes of the persons that a detector found in it.
 * Leaves: faces, and the regions to blur ({@link io.kydai.models.faces.PrivacyRegions}), in
 * coordinates of the picture. Many faces are not found, so a region never depends on faces alone.
 *
 * <p>Owns: the loaded network and each detector's working space, until they are closed.
 */
@NullMarked
package io.kydai.models.faces;

import org.jspecify.annotations.NullMarked;
