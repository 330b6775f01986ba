/**
 * What makes evidence checkable by others: the key that signs, the digests of files block by block,
 * and the checks of a folder of evidence, and of an exported case, against their signed manifests.
 *
 * <p>Enters: files and bytes to sign. Leaves: signatures, digests, and the faults of a folder or an
 * archive, each with the file's name. Nothing here needs a node or a database, and nothing owns a
 * thread; {@code docs/evidence.md} describes the files.
 */
@NullMarked
package io.kydai.streaming.proof;

import org.jspecify.annotations.NullMarked;
