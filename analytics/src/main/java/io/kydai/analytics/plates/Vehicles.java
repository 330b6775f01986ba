package io.kydai.analytics.plates;

import io.kydai.analytics.alert.Plate;
import io.kydai.analytics.alert.PlatePicture;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.ingest.media.MediaTime;
import io.kydai.models.detection.Box;
import io.kydai.models.plates.PlateReading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One camera's vehicles and their crops. Any thread; nobody waits for a reading here.
 *
 * <p>A crop is cut only when it is clearly better than what is kept of the vehicle: larger, or
 * sharper. So a vehicle that comes nearer is copied about a dozen times, one that stands three
 * times, and what was seen before an alert is there when it opens.
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><th>what</th><th>bound</th><th>beyond it</th></tr>
 * <tr><td>vehicles</td><td>{@value #MAX_VEHICLES}; those not seen for 5 s, or for a minute where
 *     the plate is wanted, are forgotten</td><td>the one seen longest ago is forgotten</td></tr>
 * <tr><td>bytes of crops</td><td>{@value #MAX_BYTES}</td>
 *     <td>the worst crops of those seen longest ago go, first of those that nobody wants</td></tr>
 * </table>
 *
 * Wanted crops that go unread are counted as skipped.
 */
final class Vehicles {
  static final int MAX_VEHICLES = 256;
  static final int MAX_BYTES = 16 << 20;

  private static final Set<String> CLASSES = Set.of("car", "motorcycle", "bus", "truck");
  private static final long KEEP = MediaTime.ticksOfSeconds(5);
  private static final long KEEP_WANTED = MediaTime.ticksOfSeconds(60);
  private static final float SAME_OBJECT = 0.6f;
  private static final float SIDE_BY_SIDE = 0.01f;
  private static final float EDGE = 0.005f;

  private final PlateSettings settings;
  private final Runnable onSkipped;
  // In the order in which they were last seen.
  private final Map<Long, Vehicle> vehicles = new LinkedHashMap<>();
  private long bytes;
  private boolean closed;

  /**
   * @param onSkipped called for each wanted crop that goes unread
   */
  Vehicles(PlateSettings settings, Runnable onSkipped) {
    this.settings = settings;
    this.onSkipped = onSkipped;
  }

  /** A crop on its way to the reader. */
  record Task(Vehicle vehicle, Crop crop) {}

  /** Keeps what is worth it of the vehicles on a frame. */
  synchronized void see(Frame frame, Observation observation) {
    if (closed) {
      return;
    }
    List<Track> seen =
        observation.tracks().stream()
            .filter(track -> track.seen() && CLASSES.contains(track.label()))
            .toList();
    for (Track track : seen) {
      Vehicle known = vehicles.remove(track.id());
      Vehicle vehicle = known == null ? new Vehicle(track.id(), settings) : known;
      vehicle.seenAt = observation.mediaTime();
      vehicles.put(track.id(), vehicle);
      CropRectangle.around(track.box(), frame.width(), frame.height(), frame.pixelAspect())
          .ifPresent(cut -> consider(vehicle, track, cut, frame, seen));
    }
    forget(observation.mediaTime());
  }

  private void consider(
      Vehicle vehicle, Track track, CropRectangle cut, Frame frame, List<Track> seen) {
    double worth = (double) cut.width() * cut.height() * cut.sharpness(frame) * whole(track.box());
    if (vehicle.takes(worth, frame.mediaTime())) {
      long before = vehicle.bytes();
      vehicle.add(
          new Crop(
              cut.bgr(frame),
              cut.copyWidth(),
              cut.copyHeight(),
              frame.mediaTime(),
              worth,
              covered(track, cut, frame, seen)));
      bytes += vehicle.bytes() - before;
    }
  }

  /** A vehicle that reaches over the picture's edge may have left its plate there. */
  private static double whole(Box box) {
    return box.left() > EDGE && box.right() < 1 - EDGE && box.bottom() < 1 - EDGE ? 1 : 0.5;
  }

  /**
   * A box that ends lower in the picture is in front of those above; at one height it is unknown.
   */
  private static List<Box> covered(Track track, CropRectangle cut, Frame frame, List<Track> seen) {
    List<Box> covered = new ArrayList<>();
    for (Track other : seen) {
      if (other.id() != track.id()
          && other.box().bottom() > track.box().bottom() - SIDE_BY_SIDE
          && other.box().iou(track.box()) < SAME_OBJECT) {
        Box part = cut.within(other.box(), frame.width(), frame.height());
        if (part.right() > 0 && part.left() < 1 && part.bottom() > 0 && part.top() < 1) {
          covered.add(part);
        }
      }
    }
    return List.copyOf(covered);
  }

  private void forget(long now) {
    // From the one that was seen longest ago; wanted ones among them stay longer.
    var each = vehicles.values().iterator();
    while (each.hasNext()) {
      Vehicle vehicle = each.next();
      if (now - vehicle.seenAt < KEEP && vehicles.size() <= MAX_VEHICLES) {
        break;
      }
      if (now - vehicle.seenAt >= (vehicle.wanted ? KEEP_WANTED : KEEP)
          || vehicles.size() > MAX_VEHICLES) {
        bytes -= vehicle.bytes();
        skip(vehicle);
        each.remove();
      }
    }
    makeRoom(false);
    makeRoom(true);
  }

  private void makeRoom(boolean wanted) {
    for (Vehicle vehicle : vehicles.values()) {
      while (bytes > MAX_BYTES && vehicle.wanted == wanted) {
        Optional<Crop> given = vehicle.giveUp();
        if (given.isEmpty()) {
          break;
        }
        bytes -= given.get().bgr().length;
        if (wanted) {
          onSkipped.run();
        }
      }
    }
  }

  private void skip(Vehicle vehicle) {
    while (vehicle.wanted && vehicle.hasUnread()) {
      vehicle.giveUp();
      onSkipped.run();
    }
  }

  /** The plate of that vehicle is to be read, if it is one. */
  synchronized void want(long track) {
    Vehicle vehicle = vehicles.get(track);
    if (vehicle != null) {
      vehicle.wanted = true;
    }
  }

  /** The best crop of the vehicle that is seen longest ago, of those whose plates are wanted. */
  synchronized Optional<Task> next() {
    Optional<Vehicle> first = vehicles.values().stream().filter(Vehicles::waits).findFirst();
    if (first.isEmpty()) {
      return Optional.empty();
    }
    Crop crop = first.get().take();
    bytes -= crop.bgr().length;
    first.get().beingRead = true;
    return Optional.of(new Task(first.get(), crop));
  }

  private static boolean waits(Vehicle vehicle) {
    return vehicle.wanted && !vehicle.beingRead && vehicle.hasUnread();
  }

  synchronized boolean anyWaits() {
    return vehicles.values().stream().anyMatch(Vehicles::waits);
  }

  /** What was read; nothing where the reader failed. */
  synchronized void done(Task task, List<PlateReading> readings) {
    task.vehicle().read(task.crop(), readings);
    task.vehicle().beingRead = false;
  }

  /** Returns whether more may soon be known of one of these. */
  synchronized boolean pending(Collection<Long> tracks) {
    return tracks.stream()
        .map(vehicles::get)
        .anyMatch(vehicle -> vehicle != null && (vehicle.beingRead || waits(vehicle)));
  }

  /** Returns whether it is not forgotten. */
  synchronized boolean knows(long track) {
    return vehicles.containsKey(track);
  }

  synchronized Optional<Plate> plate(long track) {
    return Optional.ofNullable(vehicles.get(track)).flatMap(Vehicle::plate);
  }

  /** Where its plate was read best; empty while its plate is not known. */
  synchronized Optional<PlatePicture> picture(long track) {
    return Optional.ofNullable(vehicles.get(track)).flatMap(Vehicle::picture);
  }

  /** Bytes of crops that wait here. */
  synchronized long bytes() {
    return bytes;
  }

  /** Takes and gives nothing more; what is known can still be asked for. */
  synchronized void close() {
    closed = true;
    for (Vehicle vehicle : vehicles.values()) {
      skip(vehicle);
      while (vehicle.giveUp().isPresent()) {
        // its crops go unread and unwanted
      }
    }
    bytes = 0;
  }
}
