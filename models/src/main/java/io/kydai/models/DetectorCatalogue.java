package io.kydai.models;

import io.kydai.models.ShippedNetwork.Graph;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.DetectorSettings;
import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.ModelException;
import io.kydai.models.detection.Precision;
import io.kydai.models.head.NanoDetHead;
import io.kydai.models.head.QuantisedNanoDetHead;
import io.kydai.models.onnx.CatalogueEntry;
import io.kydai.models.onnx.OnnxDetectorModel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The catalogue of the detection networks that are delivered with the product. */
public final class DetectorCatalogue {
  private static final ShippedNetwork NANODET_G =
      new ShippedNetwork(
          "nanodet-g",
          Map.of(
              Precision.FP32,
              new Graph("nanodet-g.onnx", new NanoDetHead(CocoLabels.NAMES)),
              Precision.INT8,
              new Graph("nanodet-g-int8.onnx", new QuantisedNanoDetHead(CocoLabels.NAMES))));

  private static final Map<String, Setting> SETTINGS = new LinkedHashMap<>();

  // A network is added by its resource files and one line here; a new network architecture also
  // needs a DetectorHead.
  static {
    SETTINGS.put("light", new Setting(NANODET_G, new InputSize(448, 256)));
    SETTINGS.put("default", new Setting(NANODET_G, new InputSize(640, 352)));
    SETTINGS.put("quality", new Setting(NANODET_G, new InputSize(768, 448)));
  }

  private record Setting(ShippedNetwork network, InputSize input) {}

  private DetectorCatalogue() {}

  /** Returns the names that {@link #load} accepts. */
  public static List<String> names() {
    return List.copyOf(SETTINGS.keySet());
  }

  /**
   * Loads a network of the catalogue, or a user's own by its description file.
   *
   * @param settings the network's name or the path of its description, and how it is run
   * @return the loaded model, which the caller closes
   * @throws ModelException when the catalogue has no such name, the description is wrong, the
   *     network cannot run in the precision that is asked for, or it cannot be loaded
   */
  public static DetectorModel load(DetectorSettings settings) {
    InputSize input = settings.input();
    CatalogueEntry entry = entry(settings);
    return OnnxDetectorModel.load(input == null ? entry : entry.at(input), settings);
  }

  private static CatalogueEntry entry(DetectorSettings settings) {
    String name = settings.name();
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      return NetworkDescription.read(Path.of(name));
    }
    Setting setting = SETTINGS.get(name);
    if (setting == null) {
      throw new ModelException(
          "there is no detector '"
              + name
              + "'; the names are "
              + String.join(", ", SETTINGS.keySet())
              + ", or the path of a description that ends in .yaml");
    }
    return setting.network().entry(setting.input(), settings.precision(), settings.device());
  }
}
