/**
 * The {@code analyze} command: the pipeline of a camera over a video file.
 *
 * <p>Enters: a file, a configuration, names of outputs. Leaves: tracks, alerts, counts and an
 * annotated copy, each under its final name only when all of them are whole. One thread, and the
 * file's media time.
 */
@NullMarked
package io.kydai.console.analyze;

import org.jspecify.annotations.NullMarked;
