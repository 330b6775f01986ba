package io.kydai.analytics.rules.presence;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.counting.FrameSamples;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.analytics.rules.counting.ZoneOccupancy;
import io.kydai.analytics.rules.lifecycle.AlertLifecycle;
import io.kydai.analytics.rules.lifecycle.AlertSink;
import io.kydai.analytics.rules.lifecycle.Boxes;
import io.kydai.analytics.rules.lifecycle.CurrentAlert;
import io.kydai.analytics.rules.memory.Occlusion;
import io.kydai.analytics.scene.Zone;
import io.kydai.ingest.media.MediaTime;
import io.kydai.models.detection.Box;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The core of {@code crowding} and {@code intrusion}: one alert while at least so many objects
 * stand in a zone for so long.
 *
 * <p>A person who is hidden behind another still counts, as {@link Occlusion} finds; one who is
 * alone is not asked for. The condition may fail for a second, or on a single frame of a slow
 * camera, without the timer starting again: detectors flicker. An open alert ends when two seconds
 * were watched without the condition, or more where the rule waits for who took part to come back;
 * seconds in which no frame came do not count, so a reconnect ends nothing, unless it took more
 * than five minutes: then nobody knows, and what is seen next is a new event.
 */
final class Occupancy {
  private static final long GAP = MediaTime.ticksOfSeconds(1);
  private static final long SLOW_GAP = MediaTime.ticksOfSeconds(3);
  private static final long CEASED = MediaTime.ticksOfSeconds(2);
  private static final long WATCHED = MediaTime.ticksOfSeconds(1);
  private static final long STOOD = MediaTime.ticksOfSeconds(0.5);
  private static final float SAME_PLACE = 0.7f;
  private static final long OVERLOOKED = MediaTime.ticksOfSeconds(30);
  private static final long BLIND = MediaTime.ticksOfSeconds(300);

  private final Zone zone;
  private final Set<String> classes;
  private final int least;
  private final @Nullable Double area;
  private final long holdFor;
  private final long comesBack;
  private final AlertSink sink;
  private final Wording wording;
  private final Occlusion hidden = new Occlusion();
  private final CurrentAlert alert;
  // Those who were inside when the condition last held.
  private List<Track> remembered = List.of();
  private final Map<Long, Place> places = new HashMap<>();
  private @Nullable Timestamp last;
  private List<Track> present = List.of();
  private long without;
  private int misses;
  private int peak;

  /** Where one of those inside has stood, and since when. */
  private record Place(Box box, Timestamp since) {}

  /**
   * The reason's text, of the most objects at once and of the seconds for which the condition held.
   */
  interface Wording {
    String reason(int peak, double seconds);
  }

  /**
   * @param area of the zone in square metres; null where it is not known
   * @param comesBack for how long after the condition failed who took part may go on with it; what
   *     others do after two seconds is an event of its own
   */
  Occupancy(
      Zone zone,
      Set<String> classes,
      int least,
      @Nullable Double area,
      Duration holdFor,
      Duration comesBack,
      AlertSink sink,
      Wording wording) {
    this.zone = zone;
    this.classes = classes;
    this.least = least;
    this.area = area;
    this.holdFor = MediaTime.ticks(holdFor);
    this.comesBack = Math.max(CEASED, MediaTime.ticks(comesBack));
    this.sink = sink;
    this.wording = wording;
    this.alert = new CurrentAlert(sink);
  }

  void observe(Observation observation) {
    Timestamp now = Timestamp.of(observation);
    List<Track> inside = new ArrayList<>();
    for (Track track : observation.tracks()) {
      if (track.seen() && classes.contains(track.label()) && zone.contains(track.standing())) {
        inside.add(track);
      }
    }
    if (alert.ongoing() && now.since(alert.event().lastHeld()) > BLIND) {
      end();
    }
    present = List.copyOf(inside);
    if (least > 1) {
      inside.addAll(hidden.behind(observation, inside));
    }
    if (inside.size() >= least) {
      holds(now, inside);
    } else if (alert.ongoing()) {
      misses++;
      without += Math.min(WATCHED, now.since(last == null ? now : last));
      if (alert.opened() ? without >= patience() : interrupted(now)) {
        end();
      }
    }
    last = now;
  }

  /** How many are seen in the zone on the newest frame; nothing before the first. */
  Measurements measurements() {
    return last == null
        ? Measurements.NONE
        : Measurements.of(
            ZoneOccupancy.of(sink.origin().rule(), zone.id(), last.wallClock(), present, area));
  }

  /** Adds the newest frame to the statistics. */
  void sample(FrameSamples samples) {
    samples.watchedZone(sink.origin().rule(), zone.id());
    samples.zones(measurements());
  }

  void end() {
    alert.close();
  }

  private void holds(Timestamp now, List<Track> inside) {
    if (alert.opened() && without >= CEASED && !returned(inside)) {
      end();
    }
    if (alert.ongoing() && !alert.opened() && interrupted(now)) {
      end();
    }
    if (!alert.ongoing()) {
      alert.begin(now);
      peak = 0;
    }
    misses = 0;
    without = 0;
    AlertLifecycle event = alert.event();
    remembered = inside;
    stand(now, inside);
    inside.forEach(event::addTrack);
    if (inside.size() > peak) {
      peak = inside.size();
      event.markChanged();
    }
    double seconds = now.secondsSince(event.start());
    event.sustain(
        now, now.since(event.start()) >= holdFor, wording.reason(peak, seconds), measures(seconds));
  }

  private void stand(Timestamp now, List<Track> inside) {
    places.keySet().retainAll(inside.stream().map(Track::id).toList());
    for (Track track : inside) {
      Place place = places.get(track.id());
      if (place == null || place.box().iou(track.box()) < SAME_PLACE) {
        places.put(track.id(), new Place(track.box(), now));
      }
    }
  }

  /** Nobody leaves without a step: who stood when last seen is overlooked, for half a minute. */
  private long patience() {
    return stood() ? Math.max(comesBack, OVERLOOKED) : comesBack;
  }

  private boolean stood() {
    Timestamp held = alert.event().lastHeld();
    return comesBack > CEASED
        && places.values().stream().anyMatch(place -> held.since(place.since()) >= STOOD);
  }

  /** Returns whether one of them took part, or stands where one who did was lost. */
  private boolean returned(List<Track> inside) {
    // An object that is found again after standing was overlooked because it stood, and moves now.
    float widths = stood() ? 2 : 1;
    return inside.stream()
        .anyMatch(
            track ->
                alert.event().includes(track)
                    || remembered.stream()
                        .anyMatch(before -> Boxes.near(before.box(), track.box(), widths)));
  }

  private boolean interrupted(Timestamp now) {
    long gap = now.since(alert.event().lastHeld());
    return gap > GAP && (misses > 1 || gap > SLOW_GAP);
  }

  private Map<String, Double> measures(double seconds) {
    Map<String, Double> measures = new HashMap<>();
    measures.put("people", (double) peak);
    measures.put("threshold", (double) least);
    measures.put("seconds", seconds);
    if (area != null) {
      measures.put("density", peak / area);
    }
    return measures;
  }
}
