/**
 * Documents to be printed.
 *
 * <p>Enters: text of any origin. Leaves: a PDF with its own font, which reads the same on every
 * machine.
 */
@NullMarked
package io.kydai.console.print;

import org.jspecify.annotations.NullMarked;
