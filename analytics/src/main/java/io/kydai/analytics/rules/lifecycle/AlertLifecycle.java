package io.kydai.analytics.rules.lifecycle;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.Alert.Phase;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.observation.Track;
import io.kydai.ingest.media.MediaTime;
import io.kydai.models.detection.Box;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One event that a rule observes, and the life of the alert that reports it.
 *
 * <p>An event may collect tracks and a region before its rule is sure enough to open the alert.
 * After that the alert is updated when something changed, at most once per second of media time (a
 * change within the second waits for its end), and closed once. It keeps at most {@value
 * #MAX_TRACKS} track ids: tracks that are added later count in the measures but are not listed.
 *
 * <p>During the rule's cool-down the alert does not open; a rule whose condition still holds asks
 * again. Where an open alert of the same type already reports mostly the same tracks at the same
 * place for another rule, this event becomes a part of that alert: its changes are reported there,
 * and that alert closes when all of its parts have ended.
 */
public final class AlertLifecycle {
  public static final int MAX_TRACKS = 200;

  private static final long UPDATE_EVERY = MediaTime.ticksOfSeconds(1);

  private final AlertSink sink;
  private final Timestamp start;
  private final Set<Long> tracks = new LinkedHashSet<>();
  private final List<AlertLifecycle> parts = new ArrayList<>();
  private @Nullable AlertLifecycle whole;
  private Timestamp lastHeld;
  private Timestamp reported;
  private @Nullable Box region;
  private @Nullable AlertId id;
  private String reason = "";
  private Map<String, Double> measures = Map.of();
  private boolean aboutCamera;
  private boolean changed;
  private boolean ended;

  AlertLifecycle(AlertSink sink, Timestamp start) {
    this.sink = sink;
    this.start = start;
    this.lastHeld = start;
    this.reported = start;
  }

  /** Returns when the condition began. */
  public Timestamp start() {
    return start;
  }

  /** Returns the newest moment at which the condition was observed to hold. */
  public Timestamp lastHeld() {
    return lastHeld;
  }

  /** Returns whether an alert reports this event: its own or one that it is a part of. */
  public boolean opened() {
    return whole != null || id != null;
  }

  /** Records that the condition holds at this moment, and moves the alert's end there. */
  public void extendTo(Timestamp now) {
    lastHeld = now;
    if (whole != null && now.since(whole.lastHeld) > 0) {
      whole.lastHeld = now;
    }
  }

  /** Adds a track to those that take part, and its box to the region. */
  public void addTrack(Track track) {
    Box box = track.box();
    region =
        region == null
            ? box
            : new Box(
                Math.min(region.left(), box.left()),
                Math.min(region.top(), box.top()),
                Math.max(region.right(), box.right()),
                Math.max(region.bottom(), box.bottom()));
    if (tracks.size() < MAX_TRACKS && tracks.add(track.id())) {
      changed = true;
    }
    if (whole != null) {
      whole.addTrack(track);
    }
  }

  /** Declares that the event is about the camera itself, and so has no tracks and no region. */
  public AlertLifecycle aboutCamera() {
    aboutCamera = true;
    return this;
  }

  /** Returns whether a track is listed by its id among those that take part. */
  public boolean includes(Track track) {
    return tracks.contains(track.id());
  }

  /** Asks for an update because something changed besides the tracks that take part. */
  public void markChanged() {
    changed = true;
    if (whole != null) {
      whole.changed = true;
    }
  }

  /** Sets the reason and the measures of the next report; by itself no cause for an update. */
  public void describe(String newReason, Map<String, Double> newMeasures) {
    reason = newReason;
    measures = newMeasures;
  }

  /** Opens the alert, unless it is open already or its rule's cool-down has not passed. */
  public void open(Timestamp now) {
    if (opened() || !sink.openAlerts().mayOpen(sink, now)) {
      return;
    }
    Optional<AlertLifecycle> same = sink.openAlerts().sameEvent(this);
    if (same.isPresent()) {
      joinInto(same.get(), now);
      return;
    }
    id = sink.ids().get();
    changed = false;
    reported = now;
    sink.openAlerts().opened(this);
    emit(Phase.OPENED);
  }

  private void joinInto(AlertLifecycle other, Timestamp now) {
    whole = other;
    other.parts.removeIf(
        part -> part.ended && part.sink.origin().rule().equals(sink.origin().rule()));
    other.parts.add(this);
    tracks.stream().limit(MAX_TRACKS - other.tracks.size()).forEach(other.tracks::add);
    other.changed = true;
    other.update(now);
  }

  /**
   * Records that the condition holds at this moment, with what there is to report of it. The alert
   * is opened as soon as the rule is sure, and from then on updated.
   *
   * @param sure whether the rule is sure enough to open the alert; ignored once it is open
   * @param newReason as in {@link Alert.Finding#reason}
   * @param newMeasures as in {@link Alert.Finding#measures}
   */
  public void sustain(
      Timestamp now, boolean sure, String newReason, Map<String, Double> newMeasures) {
    extendTo(now);
    describe(newReason, newMeasures);
    if (opened()) {
      update(now);
    } else if (sure) {
      open(now);
    }
  }

  /** Reports what changed, at most once per second of media time. */
  public void update(Timestamp now) {
    if (whole != null) {
      whole.update(now);
    } else if (opened() && changed && now.since(reported) >= UPDATE_EVERY) {
      changed = false;
      reported = now;
      emit(Phase.UPDATED);
    }
  }

  /** Ends the event. An alert that has parts is closed when all of them have ended. */
  public void close() {
    if (!opened() || ended) {
      return;
    }
    ended = true;
    sink.openAlerts().ended(this);
    if (whole != null) {
      whole.closeIfAllEnded();
    } else {
      closeIfAllEnded();
    }
  }

  private void closeIfAllEnded() {
    if (ended && parts.stream().allMatch(part -> part.ended)) {
      sink.openAlerts().closed(this);
      emit(Phase.CLOSED);
    }
  }

  /**
   * Returns whether another event is the same as this one: an event of another rule, or of this
   * rule after its own part has ended while the alert goes on for others.
   */
  boolean isSameEventAs(AlertLifecycle other) {
    return sink.origin().type().equals(other.sink.origin().type())
        && (ended || !sink.origin().rule().equals(other.sink.origin().rule()))
        && (aboutCamera || sharesPlaceAndTracks(other));
  }

  private boolean sharesPlaceAndTracks(AlertLifecycle other) {
    return region != null
        && other.region != null
        && Boxes.shared(region, other.region) >= 0.5f * Math.min(region.area(), other.region.area())
        && mostlyTheSame(tracks, other.tracks);
  }

  /** A few people are not the crowd around them, though each of them is in it. */
  private static boolean mostlyTheSame(Set<Long> one, Set<Long> other) {
    long common = one.stream().filter(other::contains).count();
    return 2 * common >= Math.max(one.size(), other.size());
  }

  AlertSink sink() {
    return sink;
  }

  private void emit(Phase phase) {
    // The newest reason of each other rule, not one for each time that its part began again.
    Map<RuleId, String> others = new LinkedHashMap<>();
    parts.forEach(part -> others.put(part.sink.origin().rule(), part.reason));
    StringBuilder reasons = new StringBuilder(reason);
    others.forEach(
        (rule, words) -> reasons.append("; rule ").append(rule).append(": ").append(words));
    sink.out()
        .add(
            new Alert(
                requireNonNull(id),
                sink.origin(),
                phase,
                new Alert.Span(start, lastHeld),
                new Alert.Participants(List.copyOf(tracks), region, List.of()),
                new Alert.Finding(reasons.toString(), measures)));
  }
}
