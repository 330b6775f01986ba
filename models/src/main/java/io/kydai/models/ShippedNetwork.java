package io.kydai.models;

import io.kydai.models.detection.Device;
import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.ModelException;
import io.kydai.models.detection.Precision;
import io.kydai.models.head.DetectorHead;
import io.kydai.models.onnx.CatalogueEntry;
import io.kydai.models.onnx.ModelFile;
import java.util.Map;

/**
 * A network that is delivered with the product, whose files run at any input size of their heads.
 *
 * @param name the network's name without input size and precision, such as {@code nanodet-g}
 * @param files the file of each available precision; {@link Precision#FP32} is always available,
 *     {@link Precision#AUTO} has no file
 */
record ShippedNetwork(String name, Map<Precision, Graph> files) {
  /**
   * An ONNX file.
   *
   * @param file a resource of the package of {@link ModelFile}
   * @param head the head that decodes its outputs
   */
  record Graph(String file, DetectorHead head) {}

  ShippedNetwork {
    files = Map.copyOf(files);
    if (!files.containsKey(Precision.FP32) || files.containsKey(Precision.AUTO)) {
      throw new IllegalArgumentException(
          name + " needs a file for fp32 and must not have one for auto");
    }
  }

  /**
   * Returns the catalogue entry for an input size, with the file for a precision and a device.
   *
   * @throws ModelException when there is no file for the precision, or the device cannot run it
   */
  CatalogueEntry entry(InputSize input, Precision wanted, Device device) {
    boolean processors = device.provider() == Device.Provider.CPU;
    Precision precision = wanted;
    if (wanted == Precision.AUTO) {
      precision = processors && files.containsKey(Precision.INT8) ? Precision.INT8 : Precision.FP32;
    }
    Graph graph = files.get(precision);
    if (graph == null) {
      throw new ModelException(
          name + " cannot run in " + precision + ": the product has no file for that precision");
    }
    if (precision == Precision.INT8 && !processors) {
      throw new ModelException(
          name + " cannot run in int8 on " + device + ", only on cpu; auto takes fp32 there");
    }
    return new CatalogueEntry(
        name + " " + precision, ModelFile.resource(graph.file()), input, graph.head());
  }
}
