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

/** The networks that the product knows, and what each needs to run. */
public final class DetectorCatalogue {
  private static final String NANODET_G = "nanodet-g.onnx";

  private static final Map<String, CatalogueEntry> ENTRIES = new LinkedHashMap<>();

  // To add a network: its resource, and one line here. To add a kind of network: its head.
  static {
    ENTRIES.put(
        "light", entry("nanodet-g", NANODET_G, 448, 256, new NanoDetHead(CocoLabels.NAMES)));
    ENTRIES.put(
        "default", entry("nanodet-g", NANODET_G, 640, 352, new NanoDetHead(CocoLabels.NAMES)));
    ENTRIES.put(
        "quality", entry("nanodet-g", NANODET_G, 768, 448, new NanoDetHead(CocoLabels.NAMES)));
  }

  private DetectorCatalogue() {}

  /** The names that {@link #load} takes. */
  public static List<String> names() {
    return List.copyOf(ENTRIES.keySet());
  }

  /**
   * Loads a network, the catalogue's or a user's own.
   *
   * @throws ModelException when there is none of that name, its description is wrong, or it cannot
   *     be loaded
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
