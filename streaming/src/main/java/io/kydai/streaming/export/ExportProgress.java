package io.kydai.streaming.export;

import java.io.IOException;

/** Hears of the bytes of an export as they are written, and may slow or end it. */
@FunctionalInterface
public interface ExportProgress {
  /**
   * Hears of a piece of at most 1 MiB, on the thread that exports, which it may let wait.
   *
   * @throws IOException to end the export
   */
  void written(long bytes) throws IOException;
}
