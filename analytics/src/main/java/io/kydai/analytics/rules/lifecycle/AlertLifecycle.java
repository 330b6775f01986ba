package io.kydai.analytics.rules.lifecycle;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.Alert.Phase;
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

/**
 * One happening, and the life of the alert that tells of it.
 *
 * <p>It may gather tracks and place before it is sure enough to be opened. After that it is updated
 * when there is news, at most once per second of media time (news within the second waits for its
 * end), and closed once. It keeps at most {@value #MAX_TRACKS} track ids: those who join later
 * count in the measures but are not named.
 *
 * <p>While its rule cools down it does not open; a rule whose condition lasts asks again. Where an
 * alert of the same type already tells of mostly the same objects at the same place, for another
 * rule, this one becomes a part of it: what is told of this is told there, and there closes last.
 */
public final class AlertLifecycle {
  public static final int MAX_TRACKS = 200;

  private static final long UPDATE_EVERY = MediaTime.ticksOfSeconds(1);

  private final AlertSink sink;
  private final Timestamp start;
  private final Set<Long> tracks = new LinkedHashSet<>();
  private final List<AlertLifecycle> parts = new ArrayList<>();
  private AlertLifecycle whole;
  private Timestamp held;
  private Timestamp told;
  private Box region;
  private String id = "";
  private String reason = "";
  private Map<String, Double> measures = Map.of();
  private boolean ofTheCamera;
  private boolean news;
  private boolean over;

  AlertLifecycle(AlertSink sink, Timestamp start) {
    this.sink = sink;
    this.start = start;
    this.held = start;
    this.told = start;
  }

  public Timestamp start() {
    return start;
  }

  /** The newest moment at which it was seen to last. */
  public Timestamp held() {
    return held;
  }

  /** Whether an alert tells of it, its own or one that it is a part of. */
  public boolean opened() {
    return whole != null || !id.isEmpty();
  }

  public void holds(Timestamp now) {
    held = now;
    if (whole != null && now.since(whole.held) > 0) {
      whole.held = now;
    }
  }

  /** Takes part from now on, if it did not already. */
  public void joins(Track track) {
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
      news = true;
    }
    if (whole != null) {
      whole.joins(track);
    }
  }

  /** It is about the camera itself, and so has no tracks and no region. */
  public AlertLifecycle ofTheCamera() {
    ofTheCamera = true;
    return this;
  }

  /** Whether a track takes part under its id. */
  public boolean names(Track track) {
    return tracks.contains(track.id());
  }

  /** Something is worth telling besides who takes part. */
  public void hasNews() {
    news = true;
    if (whole != null) {
      whole.news = true;
    }
  }

  /** What the next alert says; by itself no news. */
  public void tells(String newReason, Map<String, Double> newMeasures) {
    reason = newReason;
    measures = newMeasures;
  }

  /** Opens its alert, unless it is open already or its rule cools down. */
  public void open(Timestamp now) {
    if (opened() || !sink.book().warm(sink, now)) {
      return;
    }
    Optional<AlertLifecycle> same = sink.book().neighbour(this);
    if (same.isPresent()) {
      whole = same.get();
      whole.parts.removeIf(part -> part.over && part.sink.rule().equals(sink.rule()));
      whole.parts.add(this);
      tracks.stream().limit(MAX_TRACKS - whole.tracks.size()).forEach(whole.tracks::add);
      whole.news = true;
      whole.update(now);
      return;
    }
    id = sink.ids().get();
    news = false;
    told = now;
    sink.book().opened(this);
    emit(Phase.OPENED);
  }

  /**
   * The happening goes on, as {@link #holds} and {@link #tells} have just said: its alert is opened
   * as soon as the rule is sure of it, and from then on updated.
   *
   * @param sure whether the rule is sure enough to open the alert; not looked at once it is open
   */
  public void goesOn(Timestamp now, boolean sure) {
    if (opened()) {
      update(now);
    } else if (sure) {
      open(now);
    }
  }

  /** Tells what is new, at most once per second of media time. */
  public void update(Timestamp now) {
    if (whole != null) {
      whole.update(now);
    } else if (opened() && news && now.since(told) >= UPDATE_EVERY) {
      news = false;
      told = now;
      emit(Phase.UPDATED);
    }
  }

  public void close() {
    if (!opened() || over) {
      return;
    }
    over = true;
    sink.book().over(this);
    if (whole != null) {
      whole.closeIfAllAreOver();
    } else {
      closeIfAllAreOver();
    }
  }

  private void closeIfAllAreOver() {
    if (over && parts.stream().allMatch(part -> part.over)) {
      sink.book().closed(this);
      emit(Phase.CLOSED);
    }
  }

  /**
   * Whether another happening is the same as seen by this one: of another rule, or of the same one
   * after it was over for it and goes on for others.
   */
  boolean isAlso(AlertLifecycle other) {
    return sink.type().equals(other.sink.type())
        && (over || !sink.rule().equals(other.sink.rule()))
        && (ofTheCamera || sharesPlaceAndTracks(other));
  }

  private boolean sharesPlaceAndTracks(AlertLifecycle other) {
    return region != null
        && other.region != null
        && Boxes.shared(region, other.region) >= 0.5f * Math.min(region.area(), other.region.area())
        && mostlyTheSame(tracks, other.tracks);
  }

  /** A few friends are not the crowd around them, though each of them is in it. */
  private static boolean mostlyTheSame(Set<Long> one, Set<Long> other) {
    long common = one.stream().filter(other::contains).count();
    return 2 * common >= Math.max(one.size(), other.size());
  }

  AlertSink sink() {
    return sink;
  }

  private void emit(Phase phase) {
    // What another rule says of it now; not what it said each time that it began anew.
    Map<String, String> others = new LinkedHashMap<>();
    parts.forEach(part -> others.put(part.sink.rule(), part.reason));
    StringBuilder reasons = new StringBuilder(reason);
    others.forEach(
        (rule, words) -> reasons.append("; rule ").append(rule).append(": ").append(words));
    sink.out()
        .add(
            new Alert(
                id,
                sink.camera(),
                sink.rule(),
                sink.type(),
                phase,
                start.mediaTime().ticks(),
                held.mediaTime().ticks(),
                start.wallClock(),
                held.wallClock(),
                new ArrayList<>(tracks),
                Optional.ofNullable(region),
                reasons.toString(),
                measures));
  }
}
