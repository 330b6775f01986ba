/**
 * The cells of files for spreadsheets.
 *
 * <p>Enters: text of any origin. Leaves: cells that no spreadsheet runs as a formula.
 */
@NullMarked
package io.kydai.console.csv;

import org.jspecify.annotations.NullMarked;
