/**
 * The database of a node.
 *
 * <p>Enters: units of SQL work. Leaves: their results, committed and on the disk. The schema is
 * defined by Flyway migrations in the resources of this package.
 *
 * <p>Owns: the database file, one writing connection with its thread, and a few reading
 * connections.
 */
@NullMarked
package io.kydai.console.store;

import org.jspecify.annotations.NullMarked;
