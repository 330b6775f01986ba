package io.kydai.analytics.inference;

/** Hears how long each step of a frame took, on the thread that took it. */
@FunctionalInterface
public interface StageTimes {
  /** Listens to nothing. */
  StageTimes NONE = (stage, nanos) -> {};

  /**
   * @param nanos elapsed time, 1e-9 s
   */
  void spent(Stage stage, long nanos);
}
