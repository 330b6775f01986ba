/**
 * The tiles of the map.
 *
 * <p>Enters: a file of MBTiles or PMTiles that the configuration names. Leaves: its raster tiles.
 *
 * <p>Owns: the file, opened for reading only.
 */
@NullMarked
package io.kydai.console.map;

import org.jspecify.annotations.NullMarked;
