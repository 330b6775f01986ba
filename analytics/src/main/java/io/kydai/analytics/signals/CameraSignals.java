package io.kydai.analytics.signals;

import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.rules.RuleEngine;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.rules.settings.SignalFeed;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.analytics.scene.ZoneUse;
import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The signals of one camera: those around whose lamps a zone with {@code use: signal} is drawn, and
 * those whose state comes from outside ({@code external: true}). Each may be reported by its
 * controller. Where lamps and controller both know and differ, nothing is known: an accusation must
 * not rest on either alone. Where one of them knows nothing, the other's word holds.
 *
 * <p>As many as a scene has zones and a camera has rules; {@link SignalStateFilter} and {@link
 * ControllerSignal} say what each remembers. Pictures are shown by one thread, the rest may be
 * called by any.
 */
public final class CameraSignals implements SignalFeed {
  private record Signal(@Nullable SignalHeadReader lamps, ControllerSignal told) {
    Optional<Shown> shownByLamps(Instant when) {
      return lamps == null ? Optional.empty() : lamps.shown(when);
    }
  }

  private final CameraId camera;
  private final Map<String, Signal> signals = new TreeMap<>();
  private final List<SignalHeadReader> readers;
  private final PictureColours colours = new PictureColours();

  public CameraSignals(CameraId camera, Scene scene, List<RuleSpec> rules) {
    this.camera = camera;
    for (String name : RuleEngine.externalSignals(rules)) {
      signals.put(name, new Signal(null, new ControllerSignal()));
    }
    for (Zone zone : scene.zones()) {
      if (zone.use() == ZoneUse.SIGNAL) {
        SignalHeadReader reader = new SignalHeadReader(camera, zone);
        signals.put(zone.id(), new Signal(reader, new ControllerSignal()));
      }
    }
    readers =
        signals.values().stream().flatMap(signal -> Stream.ofNullable(signal.lamps())).toList();
  }

  /**
   * Looks at the lamps on the next picture.
   *
   * @param frame borrowed until the call returns
   */
  public void look(Frame frame) {
    if (!readers.isEmpty()) {
      PictureColours picture = colours.open(frame) ? colours : null;
      readers.forEach(reader -> reader.look(picture, frame));
    }
  }

  /**
   * Takes a controller's word.
   *
   * @return whether the camera has such a signal
   * @throws IllegalArgumentException when a newer state was reported
   */
  public boolean tell(String signal, ControllerMessage word) {
    Signal known = signals.get(signal);
    if (known == null) {
      return false;
    }
    known.told().tell(word);
    return true;
  }

  @Override
  public Optional<Shown> shown(CameraId asked, String signal, Instant when) {
    Signal known = signals.get(signal);
    return known == null || !asked.equals(camera)
        ? Optional.empty()
        : agreed(known.shownByLamps(when).orElse(null), known.told().shown(when).orElse(null));
  }

  private static Optional<Shown> agreed(@Nullable Shown lamps, @Nullable Shown told) {
    if (lamps == null || told == null) {
      return Optional.ofNullable(lamps == null ? told : lamps);
    }
    if (lamps.light() != told.light()) {
      return Optional.empty();
    }
    Instant seen = lamps.since();
    Instant said = told.since();
    Instant later = seen.isAfter(said) ? seen : said;
    return Optional.of(new Shown(lamps.light(), later, Source.BOTH));
  }

  /** What is known of each, in the order of their names. */
  public List<SignalState> states(Instant now) {
    return signals.entrySet().stream()
        .map(signal -> state(signal.getKey(), signal.getValue(), now))
        .toList();
  }

  private static SignalState state(String name, Signal signal, Instant now) {
    SignalHeadReader reader = signal.lamps();
    SignalState.Lamps lamps = reader == null ? null : reader.state(now);
    return new SignalState(
        name,
        agreed(lamps == null ? null : lamps.shown(), signal.told().shown(now).orElse(null))
            .orElse(null),
        lamps,
        signal.told().last().orElse(null));
  }
}
