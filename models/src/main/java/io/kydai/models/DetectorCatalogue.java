package io.kydai.models;

import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.DetectorSettings;
import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.ModelException;
import io.kydai.models.head.DetectorHead;
import io.kydai.models.head.NanoDetHead;
import io.kydai.models.onnx.CatalogueEntry;
import io.kydai.models.onnx.ModelFile;
import io.kydai.models.onnx.OnnxDetectorModel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The catalogue of the detection networks that are delivered with the product. */
public final class DetectorCatalogue {
  private static final String NANODET_G = "nanodet-g.onnx";

  private static final Map<String, CatalogueEntry> ENTRIES = new LinkedHashMap<>();

  // A network is added by its resource file and one line here; a new network architecture also
  // needs a DetectorHead.
  static {
    ENTRIES.put(
        "light", entry("nanodet-g", NANODET_G, 448, 256, new NanoDetHead(CocoLabels.NAMES)));
    ENTRIES.put(
        "default", entry("nanodet-g", NANODET_G, 640, 352, new NanoDetHead(CocoLabels.NAMES)));
    ENTRIES.put(
        "quality", entry("nanodet-g", NANODET_G, 768, 448, new NanoDetHead(CocoLabels.NAMES)));
  }

  private DetectorCatalogue() {}

  /** Returns the names that {@link #load} accepts. */
  public static List<String> names() {
    return List.copyOf(ENTRIES.keySet());
  }

  /**
   * Loads a network of the catalogue, or a user's own by its description file.
   *
   * @param settings the network's name or the path of its description, and how it is run
   * @return the loaded model, which the caller closes
   * @throws ModelException when the catalogue has no such name, the description is wrong, or the
   *     network cannot be loaded
   */
  public static DetectorModel load(DetectorSettings settings) {
    CatalogueEntry entry = entry(settings.name());
    InputSize input = settings.input();
    return OnnxDetectorModel.load(input == null ? entry : entry.at(input), settings);
  }

  private static CatalogueEntry entry(String name) {
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      return NetworkDescription.read(Path.of(name));
    }
    CatalogueEntry entry = ENTRIES.get(name);
    if (entry == null) {
      throw new ModelException(
          "there is no detector '"
              + name
              + "'; the names are "
              + String.join(", ", ENTRIES.keySet())
              + ", or the path of a description that ends in .yaml");
    }
    return entry;
  }

  private static CatalogueEntry entry(
      String network, String resource, int width, int height, DetectorHead head) {
    return new CatalogueEntry(
        network, ModelFile.resource(resource), new InputSize(width, height), head);
  }
}
