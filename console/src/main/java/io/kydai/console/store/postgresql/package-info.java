/**
 * PostgreSQL as the engine of the database.
 *
 * <p>Owns: a pool of connections, and one connection of its own that holds the node's lock.
 */
@NullMarked
package io.kydai.console.store.postgresql;

import org.jspecify.annotations.NullMarked;
