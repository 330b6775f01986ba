package io.kydai.models.onnx;

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
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.kydai.models.detection.ModelException;
import io.kydai.models.unpack.OnnxRuntimeLibrary;
import io.kydai.models.unpack.UnpackedFiles;
import java.io.IOException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A network on DJL's ONNX Runtime engine with one input tensor, whatever it is for. */
public final class TensorNetwork implements AutoCloseable {
  private static final String ENGINE = "OnnxRuntime";

  /** The elements of a tensor in row-major order, and its shape. */
  public record Tensor(float[] numbers, long... shape) {}

  private final String name;
  private final SessionOptions options;
  private final ZooModel<Tensor, List<Tensor>> model;

  private TensorNetwork(String name, SessionOptions options, ZooModel<Tensor, List<Tensor>> model) {
    this.name = name;
    this.options = options;
    this.model = model;
  }

  /**
   * Loads a network.
   *
   * @param resource the path of the ONNX graph on the class path
   * @throws ModelException when the resource is missing or cannot be loaded
   */
  public static TensorNetwork load(String resource) {
    SessionOptions options = null;
    TensorNetwork network = null;
    try {
      OnnxRuntimeLibrary.load(); // must precede SessionOptions, which uses the native library
      options = new SessionOptions();
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      // The runtime would warn of each constant of a graph that it does not need.
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      network = new TensorNetwork(resource, options, model(resource, options));
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
  private static ZooModel<Tensor, List<Tensor>> model(String resource, SessionOptions options)
      throws IOException {
    URL found = TensorNetwork.class.getResource(resource);
    if (found == null) {
      throw new IOException("the resource is missing");
    }
    try {
      Path file = UnpackedFiles.current().file(found);
      // OrtModel reads a SessionOptions object from these options, although Criteria declares
      // strings.
      Map<String, ?> djlOptions = Map.of("sessionOptions", options);
      return Criteria.builder()
          .setTypes(Tensor.class, (Class<List<Tensor>>) (Class<?>) List.class)
          .optEngine(ENGINE)
          .optModelPath(file)
          .optOptions((Map<String, String>) djlOptions)
          // Without a device the engine would use a graphics card, which the detector needs.
          .optDevice(Device.cpu())
          .optTranslator(new TensorTranslator())
          .build()
          .loadModel();
    } catch (ModelNotFoundException | MalformedModelException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Returns a new predictor for one thread, which the caller closes. */
  public Predictor<Tensor, List<Tensor>> newPredictor() {
    return model.newPredictor(new TensorTranslator());
  }

  /**
   * Runs the network and returns its outputs in their order.
   *
   * @param predictor a predictor of this network, used by no other thread
   * @throws ModelException when the inference fails
   */
  public List<Tensor> run(Predictor<Tensor, List<Tensor>> predictor, Tensor input) {
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

  private static final class TensorTranslator implements Translator<Tensor, List<Tensor>> {
    @Override
    public @Nullable Batchifier getBatchifier() {
      return null; // the tensor already has a batch dimension, and the engine cannot stack tensors
    }

    @Override
    public NDList processInput(TranslatorContext context, Tensor input) {
      // The engine reads the buffer in place and assumes a direct buffer in native byte order.
      ByteBuffer bytes =
          ByteBuffer.allocateDirect(4 * input.numbers.length).order(ByteOrder.nativeOrder());
      bytes.asFloatBuffer().put(input.numbers);
      Shape shape = new Shape(input.shape);
      return new NDList(context.getNDManager().create(bytes, shape, DataType.FLOAT32));
    }

    @Override
    public List<Tensor> processOutput(TranslatorContext context, NDList list) {
      return list.stream().map(TensorTranslator::tensor).toList();
    }

    private static Tensor tensor(NDArray output) {
      ByteBuffer bytes = output.toByteBuffer();
      float[] numbers = new float[(int) output.getShape().size()];
      bytes.asFloatBuffer().get(numbers);
      return new Tensor(numbers, output.getShape().getShape());
    }
  }
}
