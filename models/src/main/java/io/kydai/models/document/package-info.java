/**
 * YAML and JSON documents whose keys are declared: the configuration, cameras that come over the
 * API, and the descriptions of networks.
 *
 * <p>Enters: a {@link io.kydai.models.document.Tree} and the declarations of its keys ({@link
 * io.kydai.models.document.Shape}). Leaves: an immutable record, or every mistake with its line,
 * its key and what would be right. From the same declarations come the way back (a record as maps,
 * lists and scalars), a JSON Schema and the documentation's tables.
 *
 * <p>It stands in this room because a network's description is read here; it knows nothing of
 * networks, and imports nothing of Kydai. Owns nothing; a reading belongs to the thread that reads.
 */
@NullMarked
package io.kydai.models.document;

import org.jspecify.annotations.NullMarked;
