/**
 * The operations on the statistics of the desk.
 *
 * <p>Enters: a span of time, and what its caller may see. Leaves: figures of agencies and rules,
 * and for auditors those of reviewers.
 */
@NullMarked
package io.kydai.console.http.api.deskstatistics;

import org.jspecify.annotations.NullMarked;
