package io.kydai.models;

import java.util.List;

/** A class's number, as a network says it among its outputs. */
final class LabelNumber {
  private LabelNumber() {}

  /**
   * @throws ModelException when the list has no such class
   */
  static int of(float said, List<String> labels) {
    int number = Math.round(said);
    if (number < 0 || number >= labels.size()) {
      throw new ModelException(
          "the network names class " + number + ", and its list has " + labels.size() + " classes");
    }
    return number;
  }
}
