/**
 * The operations of the search for reports.
 *
 * <p>Enters: the conditions of a request, and what its caller may see. Leaves: pages of reports,
 * files for spreadsheets and for printers, and searches that have a name. Each search and each file
 * is in the audit.
 */
@NullMarked
package io.kydai.console.http.api.search;

import org.jspecify.annotations.NullMarked;
