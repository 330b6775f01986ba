package io.kydai.analytics.health;

/** A few numbers that describe a picture, or the mean of many, in grey levels. */
final class LuminanceLevels {
  private double brightness;
  private double detail;
  private double contrast;

  void set(double newBrightness, double newDetail, double newContrast) {
    brightness = newBrightness;
    detail = newDetail;
    contrast = newContrast;
  }

  /** Goes towards newer levels by shares of 0 to 1, one of them for the brightness. */
  void approach(LuminanceLevels newer, double light, double share) {
    brightness += (newer.brightness - brightness) * light;
    detail += (newer.detail - detail) * share;
    contrast += (newer.contrast - contrast) * share;
  }

  double brightness() {
    return brightness;
  }

  /** Differences between neighbouring cells of the grey picture. */
  double detail() {
    return detail;
  }

  /** Differences between cells that are four times as large. */
  double contrast() {
    return contrast;
  }

  /**
   * Fine differences for each coarse one: blur lowers it, while fog, dusk and glare, which take
   * from both alike, do not.
   */
  double sharpness() {
    return detail / Math.max(contrast, 0.01);
  }
}
