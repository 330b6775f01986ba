/**
 * Detection networks on ONNX Runtime, through DJL.
 *
 * <p>Enters: an ONNX file, its head, and the device and thread count to run it with. Leaves:
 * detections. Owns: the sessions and their native memory, which closing the model frees.
 */
@NullMarked
package io.kydai.models.onnx;

import org.jspecify.annotations.NullMarked;
