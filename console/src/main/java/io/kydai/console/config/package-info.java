/**
 * The configuration of a node.
 *
 * <p>Enters: one YAML file, or one camera as JSON. Leaves: immutable records, or a {@link
 * io.kydai.models.document.ConfigException} that lists every mistake with its file, line and key,
 * and what is expected.
 *
 * <p>Each key is declared once: the {@link io.kydai.models.document.Shape} of a record declares the
 * names, ranges, defaults and meanings of its keys. It is used to read and write back records, and
 * to make the tables of {@code docs/configuration.md} and {@code docs/configuration.schema.json}.
 *
 * <p>The package owns nothing. Secrets are {@link io.kydai.console.config.tree.Secret}s, whose
 * {@code toString} hides them.
 */
@NullMarked
package io.kydai.console.config;

import org.jspecify.annotations.NullMarked;
