/**
 * Networks on ONNX Runtime, through DJL.
 *
 * <p>Enters: an ONNX file and how it is to run. Leaves: detections. Owns the sessions and their
 * native memory; closing the model frees them.
 */
@NullMarked
package io.kydai.models.onnx;

import org.jspecify.annotations.NullMarked;
