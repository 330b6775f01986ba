/**
 * People and programs: accounts, their roles and rights, log-ins and tokens.
 *
 * <p>Enters: passwords, session cookies and tokens as requests bring them, and changes by
 * administrators. Leaves: a {@link io.kydai.console.users.Caller} for each request, which answers
 * what its owner may do at that moment. {@link io.kydai.console.users.Directory} owns what is known
 * of accounts, tokens and areas in memory, {@link io.kydai.console.users.Sessions} the log-ins that
 * last, which {@link io.kydai.console.users.LogIns} lets begin; both write through to the database,
 * with the audit's entry in the same transaction. Passwords, session secrets and tokens are stored
 * as hashes only.
 */
@NullMarked
package io.kydai.console.users;

import org.jspecify.annotations.NullMarked;
