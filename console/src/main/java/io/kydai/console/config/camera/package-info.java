/**
 * What a node is told of a camera, in the file or over the API.
 *
 * <p>Enters: a section of the configuration file, or one camera as JSON. Leaves: a {@link
 * io.kydai.console.config.camera.CameraConfig}, or every mistake with its key and what would be
 * right; and a camera as JSON. The declarations of the keys are in the {@code …Keys} classes. Owns
 * nothing.
 */
@NullMarked
package io.kydai.console.config.camera;

import org.jspecify.annotations.NullMarked;
