package io.kydai.streaming.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** Prints what frames cost. */
final class CostTable {
  private static final double NANOS_PER_MILLI = 1e6;
  static final int ANALYSED_FPS = 10;
  private static final int CAMERA_FPS = 25;

  private final List<FrameCost> frames;
  private final Optional<Double> processPerCamera;
  private final PrintStream out;

  /**
   * @param frames not empty
   * @param processPerCamera what {@link ProcessPerCamera} took per analysed picture, 1e-9 s; empty
   *     where it could not be measured
   */
  CostTable(List<FrameCost> frames, Optional<Double> processPerCamera, PrintStream out) {
    this.frames = frames;
    this.processPerCamera = processPerCamera;
    this.out = out;
  }

  void print() {
    out.println("| step | ms per frame | 10%..90% | raw library, ms | ratio | 10%..90% |");
    out.println("|---|---|---|---|---|---|");
    for (Step step : Step.values()) {
      if (step.everyFrame()) {
        row(step);
      }
    }
    row("sum", frames, FrameCost::sum, FrameCost::rawSum);
    for (Step step : Step.values()) {
      if (!step.everyFrame()) {
        row(step);
      }
    }
    if (frames.stream().allMatch(frame -> frame.singlePrecision().isPresent())) {
      row(
          "network in place of fp32, both raw",
          frames,
          f -> f.raw().get(Step.INFERENCE),
          f -> f.singlePrecision().orElseThrow());
    }
    out.println();
    cameras();
  }

  private void row(Step step) {
    List<FrameCost> with = frames.stream().filter(f -> f.ours().containsKey(step)).toList();
    if (with.isEmpty()) {
      return;
    }
    if (with.stream().allMatch(frame -> frame.raw().containsKey(step))) {
      row(step.label(), with, f -> f.ours().get(step), f -> f.raw().get(step));
    } else {
      row(step.label(), millis(with, f -> f.ours().get(step)), "| | | |");
    }
  }

  private void cameras() {
    double sum = millis(frames, FrameCost::sum).middle();
    double raw = millis(frames, FrameCost::rawSum).middle();
    double passing = middle(Step.DECODE) + middle(Step.MUX);
    double all = ANALYSED_FPS * sum + (CAMERA_FPS - ANALYSED_FPS) * passing;
    print("Cameras per core, at the times of this run:%n");
    print("  %5.1f  of %d fps, every frame analysed%n", 1000 / (ANALYSED_FPS * sum), ANALYSED_FPS);
    print("  %5.1f  the same, by the raw libraries alone%n", 1000 / (ANALYSED_FPS * raw));
    print("  %5.1f  of %d fps, %d of them analysed%n", 1000 / all, CAMERA_FPS, ANALYSED_FPS);
    if (processPerCamera.isPresent()) {
      double theirs = processPerCamera.get() / NANOS_PER_MILLI * ANALYSED_FPS;
      print(
          "  %5.1f  the same by an ffmpeg process per camera and the network in fp32: ours is %.2f"
              + " times as many%n",
          1000 / theirs, theirs / all);
    } else {
      print("     -  the same by an ffmpeg process per camera: no ffmpeg, or too short a video%n");
    }
    print(
        "Times are the thread's processor time. They change with the machine and with what else runs%n"
            + "on it; the ratios are what to compare.%n");
  }

  private double middle(Step step) {
    return millis(frames, frame -> frame.ours().get(step)).middle();
  }

  /** The ratio is the median of each frame's own, as both halves met the same disturbance. */
  private void row(
      String name,
      List<FrameCost> with,
      ToDoubleFunction<FrameCost> ours,
      ToDoubleFunction<FrameCost> raw) {
    Median ratio =
        Median.of(with.stream().mapToDouble(f -> ours.applyAsDouble(f) / raw.applyAsDouble(f)));
    String text =
        String.format(
            Locale.ROOT,
            "| %.3f | %.2f | %.2f..%.2f |",
            millis(with, raw).middle(),
            ratio.middle(),
            ratio.tenth(),
            ratio.ninetieth());
    row(name, millis(with, ours), text);
  }

  private void row(String name, Median millis, String rest) {
    print(
        "| %s | %.3f | %.3f..%.3f %s%n",
        name, millis.middle(), millis.tenth(), millis.ninetieth(), rest);
  }

  private static Median millis(List<FrameCost> frames, ToDoubleFunction<FrameCost> nanos) {
    DoubleStream values = frames.stream().mapToDouble(nanos);
    return Median.of(values.map(value -> value / NANOS_PER_MILLI));
  }

  private void print(String format, Object... values) {
    out.printf(Locale.ROOT, format, values);
  }
}
