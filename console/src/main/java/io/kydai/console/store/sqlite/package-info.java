/**
 * SQLite as the engine of the database.
 *
 * <p>Owns: the file of the database, the file of its lock, and the unpacked native library.
 */
@NullMarked
package io.kydai.console.store.sqlite;

import org.jspecify.annotations.NullMarked;
