/**
 * Incidents: what an operator sees as one thing.
 *
 * <p>Enters: reports and the steps that are taken with them, in the transactions of the report
 * queue. Leaves: rows of the review desk with their counts, rules that are muted, and the share of
 * reports of a rule that people rejected.
 */
@NullMarked
package io.kydai.console.incidents;

import org.jspecify.annotations.NullMarked;
