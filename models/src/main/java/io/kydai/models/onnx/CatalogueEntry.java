package io.kydai.models.onnx;

import io.kydai.models.detection.InputSize;
import io.kydai.models.head.DetectorHead;
import io.kydai.models.head.Normalisation;

/**
 * The description of a network that can be loaded.
 *
 * @param network the network's name without the input size, such as {@code nanodet-g int8}
 * @param file the ONNX graph
 * @param input the input size: the graph's own, or any that the head supports where the graph's
 *     input size is dynamic
 * @param head the head that decodes the outputs
 * @param normalisation the normalisation of the input's pixels
 */
public record CatalogueEntry(
    String network,
    ModelFile file,
    InputSize input,
    DetectorHead head,
    Normalisation normalisation) {
  /** Creates an entry with the head's normalisation. */
  public CatalogueEntry(String network, ModelFile file, InputSize input, DetectorHead head) {
    this(network, file, input, head, head.normalisation());
  }

  /** Returns the network's name and input size, such as {@code nanodet-g 640x352}. */
  String title() {
    return network + " " + input;
  }

  /** Returns a copy of this entry with another input size. */
  public CatalogueEntry at(InputSize size) {
    return new CatalogueEntry(network, file, size, head, normalisation);
  }
}
