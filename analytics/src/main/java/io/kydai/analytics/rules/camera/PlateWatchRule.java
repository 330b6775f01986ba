package io.kydai.analytics.rules.camera;

import io.kydai.analytics.alert.Plate;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.lifecycle.AlertLifecycle;
import io.kydai.analytics.rules.lifecycle.AlertSink;
import io.kydai.analytics.rules.memory.ObservedTime;
import io.kydai.analytics.rules.settings.CocoClasses;
import io.kydai.analytics.rules.settings.PlateFeed;
import io.kydai.analytics.rules.settings.Settings;
import io.kydai.analytics.rules.settings.WatchList;
import io.kydai.analytics.rules.type.Rule;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.analytics.scene.Zone;
import io.kydai.ingest.media.MediaTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code plate-watch}: a vehicle whose plate is on the node's watch-list. One alert for each listed
 * plate, from when the vehicle came until it was not seen for half a watched minute, whatever track
 * ids it had: while the camera is away, nobody leaves. A plate that is nearly a listed one (see
 * {@link WatchList#match}) is reported as such; when more readings make it the listed one, the same
 * alert says so.
 *
 * <p>At most {@value #MAX_VEHICLES} vehicles are asked about at a time, beyond that the one that
 * was seen longest ago is forgotten; at most {@value #MAX_OPEN} alerts are open, further ones wait.
 */
public final class PlateWatchRule implements Rule {
  public static final RuleType TYPE =
      RuleType.named("plate-watch")
          .titled("plate on the watch-list", "biển số cần tìm")
          .asks(RuleType.Group.VIOLATIONS, "is a vehicle's plate on the node's watch-list?")
          .wantsPlates()
          .needs(RuleType.Need.WATCH_LIST)
          .optionalZone("the whole picture", "where a vehicle is looked at first")
          .flag("near", true, "whether a plate that is nearly a listed one is reported too")
          .classes(CocoClasses.VEHICLES)
          .madeBy(PlateWatchRule::of);

  static final int MAX_VEHICLES = 1000;
  static final int MAX_OPEN = 100;

  private static final long GONE = MediaTime.ticksOfSeconds(30);

  private final @Nullable Zone zone;
  private final Set<String> classes;
  private final boolean near;
  private final PlateFeed plates;
  private final AlertSink sink;
  private final ObservedTime observed = new ObservedTime();
  // In the order in which they were last seen.
  private final Map<Long, Visit> visits = new LinkedHashMap<>();
  private final Map<WatchList.Entry, Sighting> open = new HashMap<>();

  /**
   * @param watched until it was last seen
   */
  private record Visit(Timestamp since, Timestamp seen, long watched, Track track) {}

  private static final class Sighting {
    private final AlertLifecycle alert;
    private long watched;
    private boolean exact;
    private double confidence;

    private Sighting(AlertLifecycle alert) {
      this.alert = alert;
    }
  }

  private PlateWatchRule(
      @Nullable Zone zone, Set<String> classes, boolean near, PlateFeed plates, AlertSink sink) {
    this.zone = zone;
    this.classes = classes;
    this.near = near;
    this.plates = plates;
    this.sink = sink;
  }

  private static Rule of(Settings settings, AlertSink alerts) {
    return new PlateWatchRule(
        settings.optionalZone("zone").orElse(null),
        settings.classes(),
        settings.flag("near"),
        settings.plates(),
        alerts);
  }

  @Override
  public void observe(Observation observation) {
    Timestamp now = Timestamp.of(observation);
    observed.passes(now.mediaTime().ticks());
    long watched = observed.watched();
    for (Track track : observation.tracks()) {
      if (track.seen() && (visits.containsKey(track.id()) || enters(track))) {
        @Nullable Visit before = visits.remove(track.id());
        visits.put(track.id(), new Visit(before == null ? now : before.since, now, watched, track));
      }
    }
    var oldest = visits.values().iterator();
    while (oldest.hasNext()
        && (watched - oldest.next().watched >= GONE || visits.size() > MAX_VEHICLES)) {
      oldest.remove();
    }
    List.copyOf(visits.values())
        .forEach(visit -> plates.read(visit.track.id()).ifPresent(p -> look(visit, p, now)));
    for (Map.Entry<WatchList.Entry, Sighting> each : List.copyOf(open.entrySet())) {
      if (watched - each.getValue().watched >= GONE) {
        each.getValue().alert.close();
        open.remove(each.getKey());
      }
    }
  }

  private boolean enters(Track track) {
    return classes.contains(track.label()) && (zone == null || zone.contains(track.standing()));
  }

  private void look(Visit visit, Plate plate, Timestamp now) {
    Optional<WatchList.Match> found = plates.watchList().match(plate.text());
    if (found.isEmpty() || !(found.get().exact() || near)) {
      return;
    }
    WatchList.Match match = found.get();
    Sighting sighting = open.get(match.entry());
    if (sighting == null) {
      if (open.size() == MAX_OPEN) {
        return;
      }
      sighting = new Sighting(sink.begin(visit.since));
    }
    sighting.watched = Math.max(sighting.watched, visit.watched);
    if (sighting.alert.lastHeld().since(visit.seen) < 0 || !sighting.alert.opened()) {
      sighting.alert.addTrack(visit.track);
      sighting.alert.extendTo(visit.seen);
    }
    if (match.exact() && !sighting.exact) {
      sighting.exact = true;
      sighting.alert.markChanged();
    }
    sighting.confidence = Math.max(sighting.confidence, plate.confidence());
    sighting.alert.describe(
        visit.track.label() + " " + words(match, sighting.exact),
        Map.of("exact", sighting.exact ? 1.0 : 0.0, "confidence", sighting.confidence));
    sighting.alert.open(now);
    sighting.alert.update(now);
    if (sighting.alert.opened()) {
      open.put(match.entry(), sighting);
    }
  }

  /** Without the plate itself: reasons go into logs. */
  private static String words(WatchList.Match match, boolean exact) {
    String label = match.entry().label();
    return exact
        ? "with a plate on the watch-list: " + label
        : "with a plate that is nearly one on the watch-list: "
            + label
            + " (one character differs that looks alike; a person must compare)";
  }

  @Override
  public void end() {
    new ArrayList<>(open.values()).forEach(sighting -> sighting.alert.close());
    open.clear();
    visits.clear();
  }
}
