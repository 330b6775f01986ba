/**
 * The registry of the node's cameras.
 *
 * <p>Enters: the cameras of the configuration file, and those that users add, change and remove
 * while the node runs. Leaves: one list of both, and notifications of its changes. Owns: the table
 * in which users' changes are stored.
 */
@NullMarked
package io.kydai.console.cameras;

import org.jspecify.annotations.NullMarked;
