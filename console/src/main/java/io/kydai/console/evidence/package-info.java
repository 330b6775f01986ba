/**
 * The signed, chained manifests of the evidence, and the command that checks them.
 *
 * <p>Enters: reports whose evidence changed, and what deletes evidence. Leaves: manifests and
 * records of deletions, in the database first and then beside the evidence.
 *
 * <p>Owns: the chain's table, and one thread that writes manifests. The key and the check itself
 * are in {@code io.kydai.streaming.proof}.
 */
@NullMarked
package io.kydai.console.evidence;

import org.jspecify.annotations.NullMarked;
