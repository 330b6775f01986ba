/**
 * What people write about reports.
 *
 * <p>Enters: texts. Leaves: the comments of a report, and an entry in the audit for each.
 */
@NullMarked
package io.kydai.console.comments;

import org.jspecify.annotations.NullMarked;
