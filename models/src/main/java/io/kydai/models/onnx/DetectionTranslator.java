package io.kydai.models.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Batchifier;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import io.kydai.models.detection.Detector;
import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.Letterbox;
import io.kydai.models.detection.ModelException;
import io.kydai.models.head.Candidates;
import io.kydai.models.head.DetectorHead;
import io.kydai.models.head.Outputs;
import io.kydai.models.onnx.DetectionTranslator.Picture;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Converts pixels to the input tensor and output tensors to detections. It holds the working space
 * of one detector, and so is used by one thread. Arithmetic is done on primitive arrays, because
 * DJL's ONNX Runtime engine offers none on its tensors.
 */
final class DetectionTranslator implements Translator<Picture, List<Detection>> {
  private static final Logger LOG = LoggerFactory.getLogger(DetectionTranslator.class);

  private final DetectorHead head;
  private final InputSize input;
  private final List<DetectorHead.OutputShape> expected;
  private final PictureTensor tensor;
  private final Candidates candidates;
  private final Suppression suppression = new Suppression();
  private final float[] box = new float[4];
  private Letterbox letterbox;
  private boolean unknownClassLogged;

  /**
   * Creates the translator.
   *
   * @param minScore the lowest score of a detection that is reported, 0..1
   * @param strict whether a class number outside the head's list is an error, see {@link
   *     Candidates}
   */
  DetectionTranslator(CatalogueEntry entry, float minScore, boolean strict) {
    this.head = entry.head();
    this.input = entry.input();
    this.expected = head.outputs(input);
    this.tensor = PictureTensor.of(entry);
    this.candidates = new Candidates(minScore, strict);
    this.letterbox = Letterbox.fit(input.width(), input.height(), input);
  }

  /** The pixels and the letterbox of one picture, as in {@link Detector#detect}. */
  record Picture(ByteBuffer pixels, Letterbox letterbox) {}

  @Override
  public @Nullable Batchifier getBatchifier() {
    return null; // the tensor already has a batch dimension, and the engine cannot stack tensors
  }

  @Override
  public NDList processInput(TranslatorContext context, Picture picture) {
    letterbox = picture.letterbox();
    NDManager manager = context.getNDManager();
    NDList inputs = new NDList(tensor.of(manager, picture.pixels()));
    if (head.takesSize()) {
      inputs.add(manager.create(new long[] {input.width(), input.height()}, new Shape(1, 2)));
    }
    return inputs;
  }

  @Override
  public List<Detection> processOutput(TranslatorContext context, NDList list) {
    Outputs outputs = outputs(list);
    candidates.clear();
    suppression.clear();
    head.score(outputs, input, candidates);
    if (!unknownClassLogged && candidates.unknownClass().isPresent()) {
      unknownClassLogged = true;
      LOG.warn(
          "the network reported class {}, but its list has {} classes; detections of unknown"
              + " classes are dropped, and this is logged once",
          candidates.unknownClass().getAsInt(),
          head.labels().size());
    }
    candidates.sort();
    List<Detection> detections = new ArrayList<>();
    for (int i = 0; i < candidates.size() && !full(detections); i++) {
      head.box(outputs, input, candidates.anchor(i), box);
      int label = candidates.label(i);
      if (!head.suppresses() || suppression.keep(box, label)) {
        Box source = letterbox.toSource(box[0], box[1], box[2], box[3]);
        if (source.area() > 0) { // otherwise the box lies in the padding
          detections.add(new Detection(head.labels().get(label), candidates.score(i), source));
        }
      }
    }
    return List.copyOf(detections);
  }

  private boolean full(List<Detection> detections) {
    return detections.size() == Suppression.MAX_KEPT || suppression.full();
  }

  private Outputs outputs(NDList list) {
    List<Buffer> outputs = new ArrayList<>(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      NDArray output = list.get(place(list, i));
      outputs.add(expected.get(i).bytes() ? output.toByteBuffer() : floats(output));
    }
    return new Outputs(outputs);
  }

  /**
   * Returns the position of an expected output among the network's: its own position, or else that
   * of the only output of its shape, because exporters do not agree on the order.
   */
  private int place(NDList list, int expectedAt) {
    if (expectedAt < list.size() && fits(list.get(expectedAt), expectedAt)) {
      return expectedAt;
    }
    int found = -1;
    for (int at = 0; at < list.size(); at++) {
      if (fits(list.get(at), expectedAt)) {
        if (found >= 0) {
          throw new ModelException(mismatch(list));
        }
        found = at;
      }
    }
    if (found < 0) {
      throw new ModelException(mismatch(list));
    }
    return found;
  }

  private static FloatBuffer floats(NDArray output) {
    if (output.getDataType() == DataType.FLOAT32) {
      return output.toByteBuffer().asFloatBuffer();
    }
    long[] integers = output.toLongArray();
    FloatBuffer floats = FloatBuffer.allocate(integers.length);
    for (long value : integers) {
      floats.put(value);
    }
    return floats.flip();
  }

  private boolean fits(NDArray output, int expectedAt) {
    DataType type = output.getDataType();
    boolean fits =
        expected.get(expectedAt).bytes()
            ? type == DataType.UINT8
            : type == DataType.FLOAT32 || type == DataType.INT64;
    return fits && output.getShape().equals(new Shape(expected.get(expectedAt).dimensions()));
  }

  private String mismatch(NDList list) {
    StringBuilder text = new StringBuilder("the network's outputs do not fit its head; expected");
    for (DetectorHead.OutputShape output : expected) {
      text.append(' ').append(new Shape(output.dimensions()));
      text.append(" (").append(output.meaning()).append(')');
    }
    text.append("; found");
    list.forEach(a -> text.append(' ').append(a.getShape()).append(' ').append(a.getDataType()));
    return text.toString();
  }
}
