/**
 * The sources of configuration values besides YAML: JSON, and the secrets to which a configuration
 * refers.
 *
 * <p>Enters: a body of JSON; a text that may refer to the environment or to a file. Leaves: a
 * {@link io.kydai.models.document.Tree}; a {@link io.kydai.console.config.tree.Secret}, whose
 * {@code toString} hides it. The tree itself, and the declarations of keys, are in {@code
 * io.kydai.models.document}, because network descriptions use them too. The package owns nothing.
 */
@NullMarked
package io.kydai.console.config.tree;

import org.jspecify.annotations.NullMarked;
