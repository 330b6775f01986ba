/**
 * The node's own log: its format, and the levels that are changed while it runs.
 *
 * <p>Enters: the configuration, and an administrator's wishes. Leaves: lines on standard error. All
 * other packages log through SLF4J and know nothing of this one.
 */
@NullMarked
package io.kydai.console.logging;

import org.jspecify.annotations.NullMarked;
