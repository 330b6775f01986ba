package io.kydai.console.bench;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What viewers cost, each kind in turns with the others: the server's processor time for a megabit
 * that they received, less what it takes without them.
 */
final class LiveTurns {
  static final int TURNS = 3;
  private static final int SETTLE_SECONDS = 4;
  private static final int IDLE_SECONDS = 4;
  private static final double MEGABITS_PER_VIEWER = 2;

  /** Opens viewers; closing what it returns ends them. */
  @FunctionalInterface
  interface Opening {
    Watched open() throws IOException;
  }

  /** Viewers that are open. */
  interface Watched extends AutoCloseable {
    int count();

    long bytes() throws IOException;

    @Override
    void close() throws IOException;
  }

  /** A server that viewers watch. */
  interface Watching {
    /** The processor time that it has used, in nanoseconds. */
    long cpu() throws IOException;

    /** The memory that it holds, in bytes. */
    long memory() throws IOException;
  }

  /**
   * A kind of viewers.
   *
   * @param reference what it is compared with; null for what others are compared with
   */
  record Output(String name, Watching server, Opening opening, @Nullable Output reference) {
    Output {
      requireNonNull(name);
      requireNonNull(server);
      requireNonNull(opening);
    }
  }

  /** What one turn cost. */
  private record Turn(double microsPerMegabit, double megabitsPerViewer, double bytesPerViewer) {}

  private final int seconds;
  private final List<Output> outputs;
  private final Turn[][] turns;

  LiveTurns(int seconds, List<Output> outputs) {
    this.seconds = seconds;
    this.outputs = List.copyOf(outputs);
    turns = new Turn[outputs.size()][TURNS];
  }

  /** Measures all of them, and prints a row for each. */
  void print() throws IOException, InterruptedException {
    for (int turn = 0; turn < TURNS; turn++) {
      for (int i = 0; i < outputs.size(); i++) {
        turns[i][turn] = measured(outputs.get(i));
      }
    }
    System.out.println(
        "| output | Mbit/s of a viewer | µs of a core for a Mbit | viewers per core | in this part of"
            + " the reference's | KiB of a viewer |");
    System.out.println("|---|---|---|---|---|---|");
    for (int i = 0; i < outputs.size(); i++) {
      double micros = median(turns[i], Turn::microsPerMegabit);
      System.out.printf(
          Locale.ROOT,
          "| %s | %.2f | %.0f | %.0f | %s | %.0f |%n",
          outputs.get(i).name(),
          median(turns[i], Turn::megabitsPerViewer),
          micros,
          1e6 / micros / MEGABITS_PER_VIEWER,
          ratio(i),
          median(turns[i], Turn::bytesPerViewer) / 1024);
    }
  }

  private Turn measured(Output output) throws IOException, InterruptedException {
    Watching server = output.server();
    long empty = server.memory();
    // What the server does for its cameras without viewers is no cost of a viewer.
    long idleBefore = server.cpu();
    TimeUnit.SECONDS.sleep(IDLE_SECONDS);
    double idle = (server.cpu() - idleBefore) / 1e3 / IDLE_SECONDS;
    try (Watched watched = output.opening().open()) {
      TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
      long cpuBefore = server.cpu();
      long bytesBefore = watched.bytes();
      TimeUnit.SECONDS.sleep(seconds);
      double megabits = (watched.bytes() - bytesBefore) * 8 / 1e6;
      double micros = (server.cpu() - cpuBefore) / 1e3 - idle * seconds;
      double held = server.memory() - empty;
      return new Turn(
          micros / megabits, megabits / watched.count() / seconds, held / watched.count());
    }
  }

  /** The median of the ratios of the same turns; empty without a reference. */
  private String ratio(int output) {
    Output compared = outputs.get(output).reference();
    int reference = compared == null ? -1 : outputs.indexOf(compared);
    if (reference < 0) {
      return "";
    }
    double[] ratios = new double[TURNS];
    for (int i = 0; i < TURNS; i++) {
      ratios[i] = turns[reference][i].microsPerMegabit() / turns[output][i].microsPerMegabit();
    }
    return String.format(Locale.ROOT, "%.2f of %s", median(ratios), outputs.get(reference).name());
  }

  private static double median(Turn[] turns, ToDoubleFunction<Turn> value) {
    return median(Arrays.stream(turns).mapToDouble(value).toArray());
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
