/**
 * The command {@code scripts/admin}, by which the administrator of a node's machine looks after its
 * accounts, tokens, audit and index of recordings, also while the node runs.
 *
 * <p>Enters: a command line, and passwords from the terminal or standard input. Leaves: lines of
 * text or JSON on standard output, and an exit code. The command opens the node's database beside
 * the node, whose transactions and its own exclude each other; the node reads accounts and tokens
 * anew within a second after the command changed them.
 *
 * <p>What the command does has its entry in the audit, with the name of the user of the operating
 * system.
 */
@NullMarked
package io.kydai.console.admin;

import org.jspecify.annotations.NullMarked;
