package io.kydai.models.head;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * The network's outputs for one picture, in the order of {@link DetectorHead#outputs}; each is a
 * buffer of its elements from index 0 on.
 *
 * @param buffers a {@link ByteBuffer} for each output of bytes, a {@link FloatBuffer} for each
 *     other
 */
public record Outputs(List<Buffer> buffers) {
  public Outputs {
    buffers = List.copyOf(buffers);
  }

  /** Returns the outputs in their order. */
  public static Outputs of(Buffer... buffers) {
    return new Outputs(List.of(buffers));
  }

  FloatBuffer floats(int output) {
    return (FloatBuffer) buffers.get(output);
  }

  ByteBuffer bytes(int output) {
    return (ByteBuffer) buffers.get(output);
  }
}
