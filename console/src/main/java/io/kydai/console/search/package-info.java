/**
 * Finds reports by words, with and without accents.
 *
 * <p>Enters: reports and their steps, in the transactions of the report queue, and what somebody
 * searches for. Leaves: rows of an inverted index, and the words that a search asks of it.
 */
@NullMarked
package io.kydai.console.search;

import org.jspecify.annotations.NullMarked;
