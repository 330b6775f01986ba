/**
 * The exchange of cameras with files: a table (CSV, RFC 4180) and the configuration's YAML.
 *
 * <p>Enters: a text, or cameras. Leaves: cameras with the mistakes of the text by line and column,
 * or a text without passwords.
 */
@NullMarked
package io.kydai.console.exchange;

import org.jspecify.annotations.NullMarked;
