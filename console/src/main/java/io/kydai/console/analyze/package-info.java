/**
 * The {@code analyze} command, which runs the rules of a camera over a video file.
 *
 * <p>Enters: a file, a configuration, names of outputs. Leaves: tracks, alerts, counts and an
 * annotated copy, which are renamed to their final names when all of them are complete. The command
 * uses one thread and the media time of the file.
 */
@NullMarked
package io.kydai.console.analyze;

import org.jspecify.annotations.NullMarked;
