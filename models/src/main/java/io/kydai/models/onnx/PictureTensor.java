package io.kydai.models.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.kydai.models.detection.InputSize;
import io.kydai.models.head.Normalisation;
import io.kydai.models.head.QuantisedNormalisation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Makes a network's input tensor of a picture's pixels, for one thread. */
interface PictureTensor {
  /**
   * Returns the tensor, valid until the next call.
   *
   * @param pixels as in {@link io.kydai.models.detection.Detector#detect}
   */
  NDArray of(NDManager manager, ByteBuffer pixels);

  /** Returns the form that a network takes. */
  static PictureTensor of(CatalogueEntry entry) {
    return entry
        .head()
        .inputBytes()
        .map(form -> bytes(entry.input(), entry.normalisation().quantised(form)))
        .orElseGet(() -> planes(entry.input(), entry.normalisation()));
  }

  private static PictureTensor bytes(InputSize input, QuantisedNormalisation normalisation) {
    Shape shape = new Shape(1, input.height(), input.width(), 3);
    int count = input.width() * input.height();
    ByteBuffer tensor = ByteBuffer.allocateDirect(3 * count).order(ByteOrder.nativeOrder());
    Normalisation.Scratch scratch = new Normalisation.Scratch();
    return (manager, pixels) -> {
      normalisation.apply(pixels, tensor, count, scratch);
      tensor.clear();
      return manager.create(tensor, shape, DataType.UINT8);
    };
  }

  private static PictureTensor planes(InputSize input, Normalisation normalisation) {
    Shape shape = new Shape(1, 3, input.height(), input.width());
    int count = input.width() * input.height();
    // The engine reads the buffer in place and assumes a direct buffer in native byte order.
    ByteBuffer tensor = ByteBuffer.allocateDirect(12 * count).order(ByteOrder.nativeOrder());
    FloatBuffer planes = tensor.asFloatBuffer();
    Normalisation.Scratch scratch = new Normalisation.Scratch();
    return (manager, pixels) -> {
      normalisation.apply(pixels, planes, count, scratch);
      tensor.clear();
      return manager.create(tensor, shape, DataType.FLOAT32);
    };
  }
}
