package io.kydai.console.http;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps in which a server closes, each of which is taken whatever became of those before. */
final class ClosingSteps {
  private static final Logger LOG = LoggerFactory.getLogger(ClosingSteps.class);

  private ClosingSteps() {}

  /** Closes something, and may fail. */
  @FunctionalInterface
  interface Step {
    void close() throws Exception;
  }

  /**
   * Takes all steps in their order. One that fails is logged by its name. After an interruption the
   * thread stays interrupted, and steps that would wait end at once.
   */
  @SafeVarargs
  static void run(Map.Entry<String, Step>... steps) {
    for (Map.Entry<String, Step> step : steps) {
      try {
        step.getValue().close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        LOG.warn("HTTP server: closing {} was interrupted", step.getKey());
      } catch (Exception e) {
        LOG.warn("HTTP server: {} did not close: {}", step.getKey(), e.toString());
      }
    }
  }
}
