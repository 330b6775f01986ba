package io.kydai.models;

/** The networks that the product knows. */
public final class DetectorCatalogue {
  private DetectorCatalogue() {}

  /**
   * Loads a network.
   *
   * @throws ModelException when there is none of that name, or it cannot be loaded
   */
  public static DetectorModel load(DetectorSettings settings) {
    throw new UnsupportedOperationException();
  }
}
