package io.kydai.models.detection;

import java.util.List;

/** A loaded network, from which each inference worker takes a {@link Detector} of its own. */
public interface DetectorModel extends AutoCloseable {
  /** What it is, for logs and the API, such as {@code nanodet-g 640x352}. */
  String name();

  InputSize inputSize();

  /** The classes it knows, in the network's order. */
  List<String> labels();

  /** A detector for one thread; the caller closes it before this model. */
  Detector newDetector();

  @Override
  void close();
}
