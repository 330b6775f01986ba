/**
 * Number plate recognition.
 *
 * <p>Enters: the pixels of a picture, or of the part of it that shows a vehicle. Leaves: texts that
 * may be plates, with a probability for each character and a bounding box. The format of a
 * country's plates is a {@link io.kydai.models.plates.PlateFormat}. The package does not depend on
 * cameras, tracks or time.
 *
 * <p>Owns: the loaded networks and each reader's working space, until they are closed.
 */
@NullMarked
package io.kydai.models.plates;

import org.jspecify.annotations.NullMarked;
