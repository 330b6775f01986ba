/**
 * What the database needs of an engine, SQLite or PostgreSQL: connections, the statements that
 * begin transactions, the meaning of its errors, and whether the node may still write.
 */
@NullMarked
package io.kydai.console.store.engine;

import org.jspecify.annotations.NullMarked;
