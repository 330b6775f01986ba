/**
 * Reading number plates.
 *
 * <p>Enters: the pixels of a picture or of a vehicle's part of it. Leaves: texts that may be
 * plates, each character with its probability, and where they are. What a country's plates look
 * like is a {@link io.kydai.models.plates.PlateFormat}. Nothing here knows cameras, tracks or time.
 *
 * <p>Owns: the loaded networks and each reader's working space, until closed.
 */
@NullMarked
package io.kydai.models.plates;

import org.jspecify.annotations.NullMarked;
