/**
 * Finds reports by words, with and without accents, by plates, and by what else is known of them.
 *
 * <p>Enters: reports and their steps, in the transactions of the report queue, and what somebody
 * searches for. Leaves: rows of inverted indexes, pages of reports, and the searches that people
 * gave a name.
 */
@NullMarked
package io.kydai.console.search;

import org.jspecify.annotations.NullMarked;
