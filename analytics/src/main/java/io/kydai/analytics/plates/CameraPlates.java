package io.kydai.analytics.plates;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.Plate;
import io.kydai.analytics.alert.PlatePicture;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.rules.CameraAnalysis;
import io.kydai.analytics.rules.RuleTypes;
import io.kydai.analytics.rules.settings.PlateFeed;
import io.kydai.analytics.rules.settings.WatchList;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.plates.PlateReader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One camera's way to plates: its frames leave crops here, its rules and alerts want plates, and
 * the reader's thread takes one crop at a time. What a frame brings and asks comes from one thread,
 * readings from another.
 */
public final class CameraPlates implements PlateFeed, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CameraPlates.class);

  private final CameraId camera;
  private final PlateSettings settings;
  private final PlateMetrics meters;
  private final Vehicles vehicles;
  private final AlertPlates alerts;
  private final Turns turns;

  /** Has crops read. */
  interface Turns extends AutoCloseable {
    /** Something may be there to be read. */
    void wake();

    /** Gives no more turns, after the one that is under way. */
    @Override
    void close();
  }

  /**
   * @param turns makes what calls {@link #readNext} after it was woken, as long as that says that
   *     there is more
   */
  CameraPlates(
      CameraId camera,
      PlateSettings settings,
      PlateMetrics meters,
      Function<CameraPlates, Turns> turns) {
    this.camera = camera;
    this.settings = settings;
    this.meters = meters;
    this.vehicles = new Vehicles(settings, meters.skipped::increment);
    this.alerts = new AlertPlates(vehicles);
    this.turns = turns.apply(this);
  }

  /** Returns whether any of a camera's rules has a use for plates. */
  public static boolean wanted(CameraAnalysis analysis) {
    return analysis.rules().stream().anyMatch(rule -> RuleTypes.wantsPlates(rule.type()));
  }

  /** Keeps what is worth it of the vehicles on a frame. */
  public void see(Frame frame, Observation observation) {
    vehicles.see(frame, observation);
  }

  @Override
  public Optional<Plate> read(long track) {
    vehicles.want(track);
    return vehicles.plate(track);
  }

  @Override
  public WatchList watchList() {
    return settings.watchList();
  }

  /**
   * Returns the alerts that are to be reported after a frame: those that its rules found, with
   * plates, and those on which a plate became known.
   */
  public List<Alert> complete(List<Alert> found, long mediaTime) {
    alerts.note(found);
    if (vehicles.anyWaits()) {
      turns.wake();
    }
    return alerts.tell(found, mediaTime, false);
  }

  /** The same when no frame will follow: nothing is waited for. */
  public List<Alert> end(List<Alert> found, long mediaTime) {
    return alerts.tell(found, mediaTime, true);
  }

  /**
   * Returns, for an alert that was just reported, the pictures of plates that are new on it. Asked
   * before the next frame.
   */
  public List<PlatePicture> pictures(Alert alert) {
    return alerts.pictures(alert);
  }

  /**
   * Reads the next crop.
   *
   * @return whether more is waiting
   */
  boolean readNext(PlateReader reader) {
    Optional<Vehicles.Task> next = vehicles.next();
    if (next.isPresent()) {
      Crop crop = next.get().crop();
      long start = System.nanoTime();
      try {
        vehicles.done(
            next.get(), reader.read(ByteBuffer.wrap(crop.bgr()), crop.width(), crop.height()));
        meters.read(System.nanoTime() - start);
      } catch (RuntimeException | OutOfMemoryError e) {
        vehicles.done(next.get(), List.of()); // Otherwise nobody would ever read it again.
        meters.errors.increment();
        LOG.warn("{}: a plate could not be read: {}", camera, e.getMessage());
      }
    }
    return vehicles.anyWaits();
  }

  /** Waits for the reading under way; what is known can still be reported by {@link #end}. */
  @Override
  public void close() {
    turns.close();
    vehicles.close();
    meters.close();
  }
}
