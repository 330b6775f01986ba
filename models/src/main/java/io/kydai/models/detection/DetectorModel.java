package io.kydai.models.detection;

import java.util.List;

/** A loaded network, from which each inference worker creates its own {@link Detector}. */
public interface DetectorModel extends AutoCloseable {
  /**
   * Returns the network's name, with the precision of a shipped one, and its input size, for logs
   * and metrics, as {@code nanodet-g int8 640x352}.
   */
  String name();

  /** Returns the size of the pictures that its detectors take. */
  InputSize inputSize();

  /** Returns the names of the classes that the network detects, in the network's order. */
  List<String> labels();

  /** Returns a new detector for one thread, which the caller closes before it closes this model. */
  Detector newDetector();

  @Override
  void close();
}
