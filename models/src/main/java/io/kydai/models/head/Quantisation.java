package io.kydai.models.head;

/**
 * How unsigned bytes stand for real values: {@code scale × (byte − zero)}, as ONNX's
 * QuantizeLinear.
 *
 * @param scale the difference that one more of a byte makes, above 0
 * @param zero the byte that stands for 0, 0 to 255
 */
public record Quantisation(float scale, int zero) {
  /** Returns the byte that is nearest to a value; halves go to the even one. */
  byte nearest(float value) {
    return (byte) Math.max(0, Math.min(255, Math.rint(value / scale) + zero));
  }

  /** Returns what a byte stands for, 0 to 255. */
  float value(int unsignedByte) {
    return scale * (unsignedByte - zero);
  }
}
