/**
 * The configuration of a camera, in the file and over the API.
 *
 * <p>Enters: a section of the configuration file, or one camera as JSON. Leaves: a {@link
 * io.kydai.console.config.camera.CameraConfig}, or every mistake with its key and what is expected;
 * and a camera as JSON. The declarations of the keys are in the {@code …Keys} classes. The package
 * owns nothing.
 */
@NullMarked
package io.kydai.console.config.camera;

import org.jspecify.annotations.NullMarked;
