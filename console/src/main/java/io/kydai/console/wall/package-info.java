/**
 * The layouts of the wall that people save.
 *
 * <p>Enters: a layout with its owner. Leaves: those of one owner and those that are shared. Owns:
 * the table {@code wall_layout}.
 */
@NullMarked
package io.kydai.console.wall;

import org.jspecify.annotations.NullMarked;
