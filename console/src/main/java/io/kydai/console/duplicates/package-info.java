/**
 * Reports that may be of one event.
 *
 * <p>Enters: a report, and the distances and times within which a site takes two reports for one
 * event. Leaves: the reports that may be the same, for a person to decide.
 */
@NullMarked
package io.kydai.console.duplicates;

import org.jspecify.annotations.NullMarked;
