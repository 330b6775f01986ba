/**
 * The tiles of the map.
 *
 * <p>Enters: a file of MBTiles that the configuration names. Leaves: its raster tiles.
 *
 * <p>Owns: one read-only connection to the file.
 */
@NullMarked
package io.kydai.console.map;

import org.jspecify.annotations.NullMarked;
