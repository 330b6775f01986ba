/**
 * Secrets that the database has to give back, which hashes cannot do: they are encrypted, so that
 * who reads the database or a copy of it reads none.
 *
 * <p>Enters: a key file, and texts with the column and row to which they belong. Leaves: what is
 * stored in their place, and the texts again. Each table with such a column describes it as a
 * {@link io.kydai.console.secrets.SecretColumn}; {@link io.kydai.console.secrets.DatabaseSecrets}
 * encrypts at the start what an earlier version stored as it was, and refuses a key that does not
 * fit. The key's file belongs to the node's user.
 */
@NullMarked
package io.kydai.console.secrets;

import org.jspecify.annotations.NullMarked;
