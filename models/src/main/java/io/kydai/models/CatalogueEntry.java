package io.kydai.models;

/**
 * A network that can be loaded.
 *
 * @param network its name without the size, such as {@code nanodet-g}
 * @param file where its ONNX graph is
 * @param input the size to run it at: its own, or any that fits where the graph leaves it open
 * @param head what its numbers mean
 */
record CatalogueEntry(String network, ModelFile file, InputSize input, DetectorHead head) {
  String title() {
    return network + " " + input;
  }
}
