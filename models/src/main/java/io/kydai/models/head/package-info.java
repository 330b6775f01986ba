/**
 * The decoding of detection networks' outputs, with one head for each network architecture.
 *
 * <p>Enters: output tensors as buffers of floats or bytes. Leaves: candidates in the coordinates of
 * the network's input. Owns nothing; a head is stateless and may be shared by threads.
 */
@NullMarked
package io.kydai.models.head;

import org.jspecify.annotations.NullMarked;
