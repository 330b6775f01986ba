package io.kydai.console.analyze;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Shows the progress of a long task on one line of a terminal, which is overwritten. */
final class ProgressBar implements AutoCloseable {
  private static final int WIDTH = 30;
  private static final long INTERVAL_NANOS = 100_000_000;

  private final PrintStream out;
  private final boolean shown;
  private final String what;
  private final long start = System.nanoTime();
  private long lastShown = start - INTERVAL_NANOS;
  private boolean dirty;

  ProgressBar(PrintStream out, boolean shown, String what) {
    this.out = out;
    this.shown = shown;
    this.what = what;
  }

  /**
   * Returns a progress bar on standard error, which is silent unless that is a terminal. Java
   * cannot determine that, so {@code scripts/launch} sets the system property {@code
   * kydai.terminal}.
   */
  static ProgressBar onTerminal(String what) {
    return new ProgressBar(System.err, Boolean.getBoolean("kydai.terminal"), what);
  }

  /**
   * Shows the progress, at most every 100 ms.
   *
   * @param done the number of frames done
   * @param total the number of frames; null where it is not known
   */
  void show(long done, @Nullable Long total) {
    long now = System.nanoTime();
    if (!shown || now - lastShown < INTERVAL_NANOS) {
      return;
    }
    lastShown = now;
    dirty = true;
    double rate = done / Math.max(1e-9, (now - start) / 1e9);
    if (total == null || total < done) {
      out.printf("\r\033[K%s  %d frames, %.0f/s", what, done, rate);
    } else {
      long all = Math.max(1, total);
      int full = (int) (WIDTH * done / all);
      out.printf(
          "\r\033[K%s  %s%s %3d %%  %d/%d frames, %.0f/s, %d s left",
          what,
          "█".repeat(full),
          "░".repeat(WIDTH - full),
          100 * done / all,
          done,
          all,
          rate,
          Math.round((all - done) / Math.max(rate, 1e-9)));
    }
    out.flush();
  }

  /** Clears the line. */
  @Override
  public void close() {
    if (dirty) {
      out.print("\r\033[K");
      out.flush();
      dirty = false;
    }
  }
}
