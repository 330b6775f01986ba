/**
 * By when reports are to be checked and handled.
 *
 * <p>Enters: working calendars and rules as a site sets them, and the steps of reports in the
 * transactions of the report queue. Leaves: deadlines, reminders, escalations and the list of late
 * reports.
 */
@NullMarked
package io.kydai.console.deadlines;

import org.jspecify.annotations.NullMarked;
