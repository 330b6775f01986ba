/**
 * The check of an installation: what the machine, the files and the configuration lack.
 *
 * <p>Enters: a configuration and a data folder, also beside a running node. Leaves: findings, each
 * with what to do. Nothing is changed, but for a file that measures the disk and is deleted.
 */
@NullMarked
package io.kydai.console.doctor;

import org.jspecify.annotations.NullMarked;
