package io.kydai.models.onnx;

import io.kydai.models.detection.InputSize;
import io.kydai.models.head.DetectorHead;
import io.kydai.models.head.Normalisation;

/**
 * A network that can be loaded.
 *
 * @param network its name without the size, such as {@code nanodet-g}
 * @param file where its ONNX graph is
 * @param input the size to run it at: its own, or any that fits where the graph leaves it open
 * @param head what its numbers mean
 * @param normalisation how pixels become numbers
 */
public record CatalogueEntry(
    String network,
    ModelFile file,
    InputSize input,
    DetectorHead head,
    Normalisation normalisation) {
  /** With the pixels as the head has them. */
  public CatalogueEntry(String network, ModelFile file, InputSize input, DetectorHead head) {
    this(network, file, input, head, head.normalisation());
  }

  String title() {
    return network + " " + input;
  }

  public CatalogueEntry at(InputSize size) {
    return new CatalogueEntry(network, file, size, head, normalisation);
  }
}
