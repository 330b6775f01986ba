/**
 * Files that the operator names: certificates, keys, passwords.
 *
 * <p>Enters: paths from the configuration and the environment. Leaves: their bytes, bounded; never
 * a wait for another process.
 */
@NullMarked
package io.kydai.console.files;

import org.jspecify.annotations.NullMarked;
