/**
 * Copies of all that a node keeps: from one database to another, into an encrypted file, and back.
 *
 * <p>Enters: the addresses of databases, the data folder, the configuration, and a passphrase.
 * Leaves: a database with equal content, or one file that holds everything.
 */
@NullMarked
package io.kydai.console.backup;

import org.jspecify.annotations.NullMarked;
