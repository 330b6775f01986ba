package io.kydai.analytics.plates;

import io.kydai.analytics.rules.CameraAnalysis;
import io.kydai.analytics.turns.TurnPool;
import io.kydai.models.plates.PlateReader;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads plates for all cameras of a node, on one thread of its own. The cameras take turns, one
 * crop each, so that a busy one delays the others by one reading only; what waits is bounded at
 * each camera ({@link Vehicles}). The networks are loaded when the first camera has a use for them.
 */
public final class Plates implements AutoCloseable {
  private final PlateSettings settings;
  private final MeterRegistry metrics;
  private final LazyPlateReader reader;
  private final TurnPool<LazyPlateReader> pool;

  public Plates(PlateSettings settings, MeterRegistry metrics) {
    this(settings, metrics, LazyPlateReader::load);
  }

  Plates(PlateSettings settings, MeterRegistry metrics, Supplier<PlateReader> readers) {
    this.settings = settings;
    this.metrics = metrics;
    this.reader = new LazyPlateReader(readers);
    this.pool = new TurnPool<>("plates", List.of(reader));
  }

  /**
   * What a camera needs to have its plates read; empty where none of its rules has a use for them.
   *
   * @return closed by the caller, before this
   */
  public Optional<CameraPlates> camera(CameraAnalysis analysis) {
    if (!CameraPlates.wanted(analysis)) {
      return Optional.empty();
    }
    CameraPlates plates =
        new CameraPlates(
            analysis.camera(),
            settings,
            new PlateMetrics(metrics, analysis.camera()),
            camera -> new CameraTurns(analysis.camera().value(), camera));
    return Optional.of(plates);
  }

  /** A camera's turns; the first one, at once, has the networks loaded. */
  private final class CameraTurns implements CameraPlates.Turns {
    private final TurnPool<LazyPlateReader>.Queue queue;

    CameraTurns(String name, CameraPlates camera) {
      queue =
          pool.queue(
              name,
              late -> {
                late.prepare();
                return camera.readNext(late);
              });
      queue.wake();
    }

    @Override
    public void wake() {
      queue.wake();
    }

    @Override
    public void close() {
      queue.close();
    }
  }

  /**
   * The same without threads, for files: a crop is read as soon as it is wanted, on the thread that
   * brings the frames, so that the same file gives the same plates each time. Closing it closes the
   * networks.
   */
  public static Optional<CameraPlates> onCallersThread(
      CameraAnalysis analysis, PlateSettings settings, MeterRegistry metrics) {
    return onCallersThread(analysis, settings, metrics, LazyPlateReader::load);
  }

  static Optional<CameraPlates> onCallersThread(
      CameraAnalysis analysis,
      PlateSettings settings,
      MeterRegistry metrics,
      Supplier<PlateReader> readers) {
    if (!CameraPlates.wanted(analysis)) {
      return Optional.empty();
    }
    LazyPlateReader reader = new LazyPlateReader(readers);
    return Optional.of(
        new CameraPlates(
            analysis.camera(),
            settings,
            new PlateMetrics(metrics, analysis.camera()),
            camera ->
                new CameraPlates.Turns() {
                  @Override
                  public void wake() {
                    boolean more = true;
                    while (more) {
                      more = camera.readNext(reader);
                    }
                  }

                  @Override
                  public void close() {
                    reader.close();
                  }
                }));
  }

  /** After all cameras. */
  @Override
  public void close() {
    pool.close();
    reader.close();
  }
}
