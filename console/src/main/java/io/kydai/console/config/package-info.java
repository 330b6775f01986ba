/**
 * What a node is told to do.
 *
 * <p>Enters: one YAML file, or one camera as JSON. Leaves: immutable records, or a {@link
 * io.kydai.models.document.ConfigException} that lists every mistake with its file, line and key
 * and says what would be right.
 *
 * <p>Each key is declared once: the {@link io.kydai.models.document.Shape} of a record says its
 * keys' names, ranges, defaults and meanings, from which come the reading, the writing back, the
 * tables of {@code docs/configuration.md} and {@code docs/configuration.schema.json}.
 *
 * <p>Owns nothing. Secrets are {@link io.kydai.console.config.tree.Secret}s, which show themselves
 * to nobody who does not ask for them by name.
 */
@NullMarked
package io.kydai.console.config;

import org.jspecify.annotations.NullMarked;
