/**
 * The database.
 *
 * <p>Enters: small pieces of SQL work. Leaves: their results, committed and on the disk. Schema
 * changes are Flyway migrations beside this package in the resources.
 *
 * <p>Owns: the database file, its one writing connection and thread, a few reading connections.
 */
@NullMarked
package io.kydai.console.store;

import org.jspecify.annotations.NullMarked;
