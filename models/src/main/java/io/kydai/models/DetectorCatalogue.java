package io.kydai.models;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The networks that the product knows, and what each needs to run. */
public final class DetectorCatalogue {
  private static final String NANODET_G = "nanodet-g.onnx";

  private static final Map<String, CatalogueEntry> ENTRIES = new LinkedHashMap<>();

  // To add a network: its resource, and one line here. To add a kind of network: its head.
  static {
    ENTRIES.put("light", entry("nanodet-g", NANODET_G, 448, 256, new NanoDetHead()));
    ENTRIES.put("default", entry("nanodet-g", NANODET_G, 640, 352, new NanoDetHead()));
    ENTRIES.put("quality", entry("nanodet-g", NANODET_G, 768, 448, new NanoDetHead()));
  }

  private DetectorCatalogue() {}

  /** The names that {@link #load} takes. */
  public static List<String> names() {
    return List.copyOf(ENTRIES.keySet());
  }

  /**
   * Loads a network.
   *
   * @throws ModelException when there is none of that name, or it cannot be loaded
   */
  public static DetectorModel load(DetectorSettings settings) {
    CatalogueEntry entry = ENTRIES.get(settings.name());
    if (entry == null) {
      throw new ModelException(
          "there is no detector '"
              + settings.name()
              + "'; the names are "
              + String.join(", ", ENTRIES.keySet()));
    }
    return OnnxDetectorModel.load(entry, settings);
  }

  private static CatalogueEntry entry(
      String network, String resource, int width, int height, DetectorHead head) {
    return new CatalogueEntry(
        network, ModelFile.resource(resource), new InputSize(width, height), head);
  }
}
