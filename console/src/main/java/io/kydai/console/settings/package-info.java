/**
 * What a site sets for its desk while the node runs, each setting one versioned value of the
 * database.
 *
 * <p>Enters: whole values that replace others. Leaves: the present values, and an entry in the
 * audit for each change.
 */
@NullMarked
package io.kydai.console.settings;

import org.jspecify.annotations.NullMarked;
