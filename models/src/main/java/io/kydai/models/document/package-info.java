/**
 * YAML and JSON documents whose keys are declared: the configuration, cameras that come over the
 * API, and the descriptions of networks.
 *
 * <p>Enters: a {@link io.kydai.models.document.Tree} and the declarations of its keys ({@link
 * io.kydai.models.document.Shape}). Leaves: an immutable record, or every mistake with its line,
 * its key and what is expected. The same declarations serve to write a record back (as maps, lists
 * and scalars), to make its JSON Schema and to make the documentation's tables.
 *
 * <p>The package is part of this module because network descriptions are read here; it does not
 * depend on networks and imports no other package of Kydai. It owns nothing; each reading is
 * confined to the thread that reads.
 */
@NullMarked
package io.kydai.models.document;

import org.jspecify.annotations.NullMarked;
