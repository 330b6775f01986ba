package io.kydai.analytics.plates;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.Alert.Phase;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.Plate;
import io.kydai.analytics.alert.PlatePicture;
import io.kydai.analytics.rules.RuleTypes;
import io.kydai.ingest.media.MediaTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts plates on alerts of violations. A plate that becomes known later comes as an update of the
 * same alert, at most once per second of media time; while readings are under way an alert's close
 * waits for them, at most five seconds, so that it has all plates. One thread at a time.
 *
 * <p>At most {@value #MAX_ALERTS} alerts are followed at a time; further ones pass without plates.
 * An alert names at most {@value #MAX_PLATES} plates, those with the most confidence.
 */
final class AlertPlates {
  static final int MAX_ALERTS = 1000;
  static final int MAX_PLATES = 16;

  private static final long UPDATE_EVERY = MediaTime.ticksOfSeconds(1);
  private static final long PATIENCE = MediaTime.ticksOfSeconds(5);

  private final Vehicles vehicles;
  private final Map<AlertId, Followed> alerts = new LinkedHashMap<>();
  private final Map<AlertId, List<PlatePicture>> pictures = new ConcurrentHashMap<>();

  private static final class Followed {
    private Alert newest;
    private final Set<Long> pictured = new HashSet<>();
    private List<Plate> plates = List.of();
    private long told;
    private long closedAt;

    private Followed(Alert first) {
      newest = first;
    }

    private boolean closed() {
      return newest.phase() == Phase.CLOSED;
    }
  }

  AlertPlates(Vehicles vehicles) {
    this.vehicles = vehicles;
  }

  /** Takes note of whose plates are wanted. */
  void note(List<Alert> found) {
    for (Alert alert : found) {
      if (RuleTypes.wantsPlates(alert.origin().type())) {
        alert.participants().tracks().forEach(vehicles::want);
      }
    }
  }

  /**
   * Returns the alerts that are to be reported now.
   *
   * @param found what the rules just found
   * @param end whether nothing will follow
   */
  List<Alert> tell(List<Alert> found, long mediaTime, boolean end) {
    pictures.clear();
    List<Alert> told = new ArrayList<>();
    for (Alert alert : found) {
      Followed followed = RuleTypes.wantsPlates(alert.origin().type()) ? follow(alert) : null;
      if (followed == null) {
        told.add(alert);
        continue;
      }
      followed.newest = alert;
      if (followed.closed()) {
        followed.closedAt = mediaTime;
      } else {
        told.add(now(followed, alert.phase(), mediaTime));
      }
    }
    var each = alerts.values().iterator();
    while (each.hasNext()) {
      Followed followed = each.next();
      if (followed.closed()) {
        if (end
            || mediaTime - followed.closedAt >= PATIENCE
            || !vehicles.pending(followed.newest.participants().tracks())) {
          told.add(now(followed, Phase.CLOSED, mediaTime));
          each.remove();
        }
      } else if (mediaTime - followed.told >= UPDATE_EVERY
          && !plates(followed).equals(followed.plates)) {
        told.add(now(followed, Phase.UPDATED, mediaTime));
      }
    }
    return told;
  }

  /** Null where too many are followed. */
  private @Nullable Followed follow(Alert alert) {
    Followed known = alerts.get(alert.id());
    if (known == null && alert.phase() != Phase.CLOSED && alerts.size() < MAX_ALERTS) {
      known = new Followed(alert);
      alerts.put(alert.id(), known);
    }
    return known;
  }

  private Alert now(Followed followed, Phase phase, long mediaTime) {
    followed.plates = plates(followed);
    followed.told = mediaTime;
    for (Plate plate : followed.plates) {
      Optional<PlatePicture> picture = vehicles.picture(plate.track());
      if (picture.isPresent()
          && followed.pictured.size() < MAX_PLATES
          && followed.pictured.add(plate.track())) {
        pictures.computeIfAbsent(followed.newest.id(), id -> new ArrayList<>()).add(picture.get());
      }
    }
    return followed.newest.with(phase, followed.plates);
  }

  /** Of an alert that {@link #tell} just gave, the pictures of plates that are new on it. */
  List<PlatePicture> pictures(Alert alert) {
    return pictures.getOrDefault(alert.id(), List.of());
  }

  /** As known now; of vehicles that are forgotten, as it was reported last. One text comes once. */
  private List<Plate> plates(Followed followed) {
    Map<String, Plate> byText = new LinkedHashMap<>();
    for (long track : followed.newest.participants().tracks()) {
      if (vehicles.knows(track)) {
        vehicles.plate(track).ifPresent(plate -> byText.merge(plate.text(), plate, this::surer));
      } else {
        followed.plates.stream()
            .filter(plate -> plate.track() == track)
            .forEach(plate -> byText.merge(plate.text(), plate, this::surer));
      }
    }
    return byText.values().stream()
        .sorted(Comparator.comparingDouble(plate -> -plate.confidence()))
        .limit(MAX_PLATES)
        .toList();
  }

  private Plate surer(Plate one, Plate other) {
    return other.confidence() > one.confidence() ? other : one;
  }
}
