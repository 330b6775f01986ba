package io.kydai.models.detection;

/** A network's input in pixels. */
public record InputSize(int width, int height) {
  public InputSize {
    if (width < 32 || height < 32 || width > 4096 || height > 4096) {
      throw new IllegalArgumentException("an input side has 32 to 4096 pixels");
    }
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
