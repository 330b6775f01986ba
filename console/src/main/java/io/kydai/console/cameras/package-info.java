/**
 * The registry of the node's cameras.
 *
 * <p>Enters: the cameras of the configuration file, and those that users add, change and remove
 * while the node runs; faults that rules find of their own cameras, from the report queue. Leaves:
 * one list of cameras, notifications of its changes, and what is wrong with each. Owns: the tables
 * in which users' changes, pauses and handovers are stored.
 */
@NullMarked
package io.kydai.console.cameras;

import org.jspecify.annotations.NullMarked;
