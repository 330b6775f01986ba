/**
 * What a configuration's values are read from beyond YAML: JSON, and the secrets that it refers to.
 *
 * <p>Enters: a body of JSON; a text that may refer to the environment or to a file. Leaves: a
 * {@link io.kydai.models.document.Tree}; a {@link io.kydai.console.config.tree.Secret}, which shows
 * itself to nobody who does not ask for it by name. The tree itself, and the declarations of keys,
 * are in {@code io.kydai.models.document}, since descriptions of networks are read by them, too.
 * Owns nothing.
 */
@NullMarked
package io.kydai.console.config.tree;

import org.jspecify.annotations.NullMarked;
