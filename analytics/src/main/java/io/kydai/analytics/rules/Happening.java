package io.kydai.analytics.rules;

import io.kydai.analytics.Alert;
import io.kydai.analytics.Alert.Phase;
import io.kydai.analytics.Track;
import io.kydai.models.Box;
import java.util.ArrayList;
import java.util.LinkedHashSet;
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
 */
final class Happening {
  static final int MAX_TRACKS = 200;

  private static final long UPDATE_EVERY = Moment.seconds(1);

  private final AlertSink sink;
  private final Moment start;
  private final Set<Long> tracks = new LinkedHashSet<>();
  private Moment held;
  private Moment told;
  private Box region;
  private String id = "";
  private String reason = "";
  private Map<String, Double> measures = Map.of();
  private boolean news;

  Happening(AlertSink sink, Moment start) {
    this.sink = sink;
    this.start = start;
    this.held = start;
    this.told = start;
  }

  Moment start() {
    return start;
  }

  /** The newest moment at which it was seen to last. */
  Moment held() {
    return held;
  }

  boolean opened() {
    return !id.isEmpty();
  }

  void holds(Moment now) {
    held = now;
  }

  /** Takes part from now on, if it did not already. */
  void joins(Track track) {
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
  }

  /** Whether a track takes part under its id. */
  boolean names(Track track) {
    return tracks.contains(track.id());
  }

  /** Something is worth telling besides who takes part. */
  void hasNews() {
    news = true;
  }

  /** What the next alert says; by itself no news. */
  void tells(String newReason, Map<String, Double> newMeasures) {
    reason = newReason;
    measures = newMeasures;
  }

  void open(Moment now) {
    id = sink.ids().get();
    news = false;
    told = now;
    emit(Phase.OPENED);
  }

  void update(Moment now) {
    if (opened() && news && now.since(told) >= UPDATE_EVERY) {
      news = false;
      told = now;
      emit(Phase.UPDATED);
    }
  }

  void close() {
    if (opened()) {
      emit(Phase.CLOSED);
    }
  }

  private void emit(Phase phase) {
    sink.out()
        .add(
            new Alert(
                id,
                sink.camera(),
                sink.rule(),
                sink.type(),
                phase,
                start.mediaTime(),
                held.mediaTime(),
                start.wallClock(),
                held.wallClock(),
                new ArrayList<>(tracks),
                Optional.ofNullable(region),
                reason,
                measures));
  }
}
