/**
 * The agencies that act on reports, their hierarchy, and who acts for whom.
 *
 * <p>Enters: the list as a site sets it. Leaves: which agency acts at a moment, and which one
 * stands above it.
 */
@NullMarked
package io.kydai.console.agencies;

import org.jspecify.annotations.NullMarked;
