/**
 * What a node is told to do.
 *
 * <p>Enters: one YAML file, or one camera as JSON. Leaves: immutable records, or a {@link
 * io.kydai.console.config.ConfigException} that lists every mistake with its file, line and key and
 * says what would be right. Every key, default and unit is in {@code docs/configuration.md}.
 *
 * <p>Owns nothing. Secrets are {@link io.kydai.console.config.Secret}s, which show themselves to
 * nobody who does not ask for them by name.
 */
package io.kydai.console.config;
