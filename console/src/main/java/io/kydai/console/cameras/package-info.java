/**
 * Which cameras there are.
 *
 * <p>Enters: the cameras of the configuration file, and those that people add, change and remove
 * while the node runs. Leaves: one list of both, and news of its changes. Owns the table in which
 * people's changes outlive a restart.
 */
@NullMarked
package io.kydai.console.cameras;

import org.jspecify.annotations.NullMarked;
