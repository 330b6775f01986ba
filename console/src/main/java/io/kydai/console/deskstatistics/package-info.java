/**
 * The statistics of the desk: how agencies answer, which rules are often wrong, and how people
 * decide.
 *
 * <p>Enters: a span of time, and what a caller may see of the report queue. Leaves: figures that
 * are counted from steps, deadlines and verdicts when they are asked for; nothing is stored.
 */
@NullMarked
package io.kydai.console.deskstatistics;

import org.jspecify.annotations.NullMarked;
