package io.kydai.models.plates;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.Batchifier;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.kydai.models.detection.ModelException;
import io.kydai.models.unpack.OnnxRuntimeLibrary;
import io.kydai.models.unpack.UnpackedFiles;
import java.io.IOException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of the reader's networks on DJL's ONNX Runtime engine: numbers in, numbers out. */
final class Network implements AutoCloseable {
  private static final String ENGINE = "OnnxRuntime";

  /** Numbers and their shape. */
  record Tensor(float[] numbers, long... shape) {}

  private final String name;
  private final SessionOptions options;
  private final ZooModel<Tensor, Tensor> model;

  private Network(String name, SessionOptions options, ZooModel<Tensor, Tensor> model) {
    this.name = name;
    this.options = options;
    this.model = model;
  }

  /**
   * @param resource on the class path
   * @throws ModelException when it is missing or cannot be loaded
   */
  static Network load(String resource) {
    SessionOptions options = null;
    Network network = null;
    try {
      OnnxRuntimeLibrary.load(); // before the options below: it sets the runtime up
      options = new SessionOptions();
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      network = new Network(resource, options, model(resource, options));
      return network;
    } catch (IOException | OrtException e) {
      throw new ModelException(resource + " cannot be loaded: " + e.getMessage(), e);
    } finally {
      if (network == null && options != null) {
        options.close();
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static ZooModel<Tensor, Tensor> model(String resource, SessionOptions options)
      throws IOException {
    URL found = Network.class.getResource(resource);
    if (found == null) {
      throw new IOException("the resource is missing");
    }
    try {
      Path file = UnpackedFiles.current().file(found);
      // OrtModel looks for a SessionOptions object here, though Criteria speaks of strings only.
      Map<String, ?> djlOptions = Map.of("sessionOptions", options);
      return Criteria.builder()
          .setTypes(Tensor.class, Tensor.class)
          .optEngine(ENGINE)
          .optModelPath(file)
          .optOptions((Map<String, String>) djlOptions)
          // Otherwise the engine would take a card where there is one, and it is the detector's.
          .optDevice(Device.cpu())
          .optTranslator(new AsTheyAre())
          .build()
          .loadModel();
    } catch (ModelNotFoundException | MalformedModelException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** A predictor for one thread. */
  Predictor<Tensor, Tensor> newPredictor() {
    return model.newPredictor(new AsTheyAre());
  }

  Tensor run(Predictor<Tensor, Tensor> predictor, Tensor input) {
    try {
      return predictor.predict(input);
    } catch (TranslateException e) {
      throw new ModelException(name + " failed: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    model.close();
    options.close();
  }

  private static final class AsTheyAre implements Translator<Tensor, Tensor> {
    @Override
    public @Nullable Batchifier getBatchifier() {
      return null; // the tensor has its batch dimension, and the engine cannot stack
    }

    @Override
    public NDList processInput(TranslatorContext context, Tensor input) {
      // Direct and in native order: the engine reads it in place, and would misread another.
      ByteBuffer bytes =
          ByteBuffer.allocateDirect(4 * input.numbers.length).order(ByteOrder.nativeOrder());
      bytes.asFloatBuffer().put(input.numbers);
      Shape shape = new Shape(input.shape);
      return new NDList(context.getNDManager().create(bytes, shape, DataType.FLOAT32));
    }

    @Override
    public Tensor processOutput(TranslatorContext context, NDList list) {
      NDArray output = list.get(0);
      ByteBuffer bytes = output.toByteBuffer();
      float[] numbers = new float[(int) output.getShape().size()];
      bytes.asFloatBuffer().get(numbers);
      return new Tensor(numbers, output.getShape().getShape());
    }
  }
}
