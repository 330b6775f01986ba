package io.kydai.console.analyze;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** How far a long task is, on one line of a terminal that is written over and over. */
final class ProgressBar implements AutoCloseable {
  private static final int WIDTH = 30;
  private static final long PAUSE_NANOS = 100_000_000;

  private final PrintStream out;
  private final boolean shown;
  private final String what;
  private final long start = System.nanoTime();
  private long lastShown = start - PAUSE_NANOS;
  private boolean dirty;

  ProgressBar(PrintStream out, boolean shown, String what) {
    this.out = out;
    this.shown = shown;
    this.what = what;
  }

  /**
   * On standard error, if that is a terminal, which only the shell knows: {@code scripts/launch}
   * says it.
   */
  static ProgressBar onTerminal(String what) {
    return new ProgressBar(System.err, Boolean.getBoolean("kydai.terminal"), what);
  }

  /**
   * @param total how many there are; null where that is not known
   */
  void show(long done, @Nullable Long total) {
    long now = System.nanoTime();
    if (!shown || now - lastShown < PAUSE_NANOS) {
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
