/**
 * What moved in front of the cameras, for as long as their recordings are kept: how many objects of
 * each class, and where in the picture, for each ten seconds.
 *
 * <p>Enters: observations of analysed frames. Leaves: counts for a time line, and the moments at
 * which something moved in a region. Owns the folder of its files, a file for each camera and day,
 * and the one thread that writes them.
 */
@NullMarked
package io.kydai.console.activity;

import org.jspecify.annotations.NullMarked;
