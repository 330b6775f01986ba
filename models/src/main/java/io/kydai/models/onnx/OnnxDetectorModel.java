package io.kydai.models.onnx;

import ai.djl.MalformedModelException;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.kydai.models.detection.Detection;
import io.kydai.models.detection.Detector;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.DetectorSettings;
import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.Letterbox;
import io.kydai.models.detection.ModelException;
import io.kydai.models.onnx.DetectionTranslator.Picture;
import io.kydai.models.unpack.OnnxRuntimeLibrary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network on DJL's ONNX Runtime engine. Its detectors share one session, and so one copy of the
 * weights; the session runs their inferences concurrently.
 */
public final class OnnxDetectorModel implements DetectorModel {
  private static final Logger LOG = LoggerFactory.getLogger(OnnxDetectorModel.class);
  private static final String ENGINE = "OnnxRuntime";

  private final CatalogueEntry entry;
  private final float minScore;
  private final SessionOptions options;
  private final ZooModel<Picture, List<Detection>> model;

  private OnnxDetectorModel(
      CatalogueEntry entry,
      float minScore,
      SessionOptions options,
      ZooModel<Picture, List<Detection>> model) {
    this.entry = entry;
    this.minScore = minScore;
    this.options = options;
    this.model = model;
  }

  /**
   * Loads a network and runs it once on a grey picture.
   *
   * @throws ModelException when the graph cannot be read, the device is not available, or the
   *     graph's inputs and outputs do not fit the head
   */
  public static DetectorModel load(CatalogueEntry entry, DetectorSettings settings) {
    SessionOptions options = null;
    OnnxDetectorModel model = null;
    try {
      OnnxRuntimeLibrary.load(); // must precede SessionOptions, which uses the native library
      options = options(entry.input(), settings.threads());
      OnnxProviders.add(settings.device(), options);
      SessionOptions sessionOptions = options;
      ZooModel<Picture, List<Detection>> zooModel =
          entry.file().with(file -> load(file, entry, settings, sessionOptions));
      model = new OnnxDetectorModel(entry, settings.minScore(), options, zooModel);
      model.verify();
      LOG.info(
          "detector {} loaded on {}, {} thread(s)",
          entry.title(),
          settings.device(),
          settings.threads());
      OnnxDetectorModel loaded = model;
      model = null;
      options = null;
      return loaded;
    } catch (IOException | OrtException e) {
      throw new ModelException(
          entry.title() + " cannot be loaded on " + settings.device() + ": " + e.getMessage(), e);
    } finally {
      if (model != null) {
        model.close();
      } else if (options != null) {
        options.close();
      }
    }
  }

  /**
   * Creates the options of a session; the caller closes them.
   *
   * @param input the input size, which replaces a dynamic one of the graph
   * @param threads the number of threads of one inference
   */
  public static SessionOptions options(InputSize input, int threads) throws OrtException {
    SessionOptions options = new SessionOptions();
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    // Threads that spin while they wait for work would take CPU time from decoding.
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    // A dynamic input size is fixed here, so that the runtime can optimise the graph for it.
    options.setSymbolicDimensionValue("height", input.height());
    options.setSymbolicDimensionValue("width", input.width());
    return options;
  }

  @SuppressWarnings("unchecked")
  private static ZooModel<Picture, List<Detection>> load(
      Path file, CatalogueEntry entry, DetectorSettings settings, SessionOptions options)
      throws IOException {
    // OrtModel reads a SessionOptions object from these options, although Criteria declares
    // strings.
    Map<String, ?> djlOptions = Map.of("sessionOptions", options);
    Criteria<Picture, List<Detection>> criteria =
        Criteria.builder()
            .setTypes(Picture.class, (Class<List<Detection>>) (Class<?>) List.class)
            .optEngine(ENGINE)
            .optModelPath(file)
            .optOptions((Map<String, String>) djlOptions)
            // Without a device the engine would add a graphics card of its own choice.
            .optDevice(ai.djl.Device.cpu())
            .optTranslator(new DetectionTranslator(entry, settings.minScore(), false))
            .build();
    try {
      return criteria.loadModel();
    } catch (ModelNotFoundException | MalformedModelException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * Runs one inference on a grey picture.
   *
   * @throws ModelException when the graph does not fit its head or input size
   */
  private void verify() {
    InputSize input = entry.input();
    byte[] grey = new byte[3 * input.width() * input.height()];
    Arrays.fill(grey, (byte) 114);
    ByteBuffer pixels = ByteBuffer.allocateDirect(grey.length).put(grey).flip();
    try (Detector detector = newDetector(true)) {
      detector.detect(pixels, Letterbox.fit(input.width(), input.height(), input));
    }
  }

  @Override
  public String name() {
    return entry.title();
  }

  @Override
  public InputSize inputSize() {
    return entry.input();
  }

  @Override
  public List<String> labels() {
    return entry.head().labels();
  }

  @Override
  public Detector newDetector() {
    return newDetector(false);
  }

  private Detector newDetector(boolean strict) {
    var translator = new DetectionTranslator(entry, minScore, strict);
    return new OnnxDetector(entry.title(), entry.input(), model.newPredictor(translator));
  }

  @Override
  public void close() {
    model.close();
    options.close();
  }
}
