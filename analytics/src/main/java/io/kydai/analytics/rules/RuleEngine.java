package io.kydai.analytics.rules;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.rules.counting.FrameSamples;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.analytics.rules.counting.Sample;
import io.kydai.analytics.rules.lifecycle.AlertSink;
import io.kydai.analytics.rules.lifecycle.OpenAlerts;
import io.kydai.analytics.rules.memory.ObservedTime;
import io.kydai.analytics.rules.settings.InvalidRuleException;
import io.kydai.analytics.rules.settings.PlateFeed;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.rules.settings.Settings;
import io.kydai.analytics.rules.settings.SignalFeed;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.analytics.scene.Scene;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All rules of one camera. One thread at a time. The same observations give the same alerts, but
 * for their ids. At most {@value #MAX_RULES} rules; what each remembers is bounded in its class.
 */
public final class RuleEngine {
  /** Rules of one camera; more are refused. */
  public static final int MAX_RULES = 100;

  private static final long MILLISECOND = MediaTime.ticks(Duration.ofMillis(1));

  private final List<RuleFilter> rules = new ArrayList<>();
  private final Map<String, ConfiguredRule> configured = new LinkedHashMap<>();
  private final Occupants occupants;
  private final Belongings belongings;
  private final TrainsOnRoads trains = new TrainsOnRoads();
  private final OpenAlerts openAlerts;
  private final List<Alert> found;
  private final ObservedTime observed;
  private Consumer<Sample> statistics = sample -> {};
  private Instant newest = Instant.EPOCH;

  /**
   * @param alertIds gives an id, unique over restarts, for each new alert
   * @throws InvalidRuleException when a rule's type is unknown or its settings do not fit the scene
   */
  public RuleEngine(
      CameraId camera, Scene scene, List<RuleSpec> rules, Supplier<AlertId> alertIds) {
    this(camera, scene, rules, alertIds, SignalFeed.NONE);
  }

  /**
   * @param signals what knows the states of traffic signals; with {@link SignalFeed#NONE} a {@code
   *     red-light} rule accuses nobody
   * @throws InvalidRuleException as above
   */
  public RuleEngine(
      CameraId camera,
      Scene scene,
      List<RuleSpec> rules,
      Supplier<AlertId> alertIds,
      SignalFeed signals) {
    this(camera, scene, rules, alertIds, signals, PlateFeed.NONE);
  }

  /**
   * @param plates what knows the vehicles' plates; without it a {@code plate-watch} rule finds
   *     nothing
   * @throws InvalidRuleException as above
   */
  public RuleEngine(
      CameraId camera,
      Scene scene,
      List<RuleSpec> rules,
      Supplier<AlertId> alertIds,
      SignalFeed signals,
      PlateFeed plates) {
    this(camera, scene, rules, alertIds, signals, plates, RuleTypes.all(), null);
  }

  /**
   * Creates the engine that takes the place of another one of the same camera, which is not used
   * afterwards. A rule whose settings, lines, zones and ground are the same goes on with all that
   * it knows; of a rule of the same id and type that was changed, the counts go on; what the other
   * rules have open is closed, which the next call reports.
   *
   * @param before the engine that is replaced; left as it is when this fails
   * @throws InvalidRuleException as above
   */
  public RuleEngine(
      CameraId camera,
      Scene scene,
      List<RuleSpec> rules,
      Supplier<AlertId> alertIds,
      SignalFeed signals,
      PlateFeed plates,
      RuleEngine before) {
    this(camera, scene, rules, alertIds, signals, plates, RuleTypes.all(), before);
  }

  RuleEngine(
      CameraId camera,
      Scene scene,
      List<RuleSpec> rules,
      Supplier<AlertId> alertIds,
      SignalFeed signals,
      PlateFeed plates,
      SortedMap<String, RuleType> types) {
    this(camera, scene, rules, alertIds, signals, plates, types, null);
  }

  private RuleEngine(
      CameraId camera,
      Scene scene,
      List<RuleSpec> rules,
      Supplier<AlertId> alertIds,
      SignalFeed signals,
      PlateFeed plates,
      SortedMap<String, RuleType> types,
      @Nullable RuleEngine before) {
    requireNonNull(camera);
    requireNonNull(alertIds);
    occupants = before == null ? new Occupants() : before.occupants;
    belongings = before == null ? new Belongings() : before.belongings;
    openAlerts = before == null ? new OpenAlerts() : before.openAlerts;
    found = before == null ? new ArrayList<>() : before.found;
    observed = before == null ? new ObservedTime() : before.observed;
    if (before != null) {
      statistics = before.statistics;
      newest = before.newest;
    }
    if (rules.size() > MAX_RULES) {
      throw new InvalidRuleException(
          "rules", "a camera has at most " + MAX_RULES + " rules, not " + rules.size());
    }
    Set<String> ids = new HashSet<>();
    for (RuleSpec spec : rules) {
      if (spec.id().isBlank() || !ids.add(spec.id())) {
        throw new InvalidRuleException(
            "id", "id: '" + spec.id() + "' should be unique in its camera and not blank");
      }
      var type = types.get(spec.type());
      if (type == null) {
        throw new InvalidRuleException(
            "type",
            "type: '" + spec.type() + "' should be one of: " + String.join(", ", types.keySet()));
      }
      Settings settings = new Settings(spec, type.allParameters(), scene, signals, plates);
      if (type.parameters().stream().anyMatch(own -> own.name().equals("classes"))) {
        trains.add(settings.classes());
      }
      long coolDown = MediaTime.ticks(settings.duration("cool-down"));
      AlertSink sink =
          new AlertSink(
              new Alert.Origin(camera, RuleId.of(spec.id()), spec.type()),
              coolDown,
              alertIds,
              openAlerts,
              found);
      ConfiguredRule made =
          ConfiguredRule.of(spec, type, scene, type.factory().make(settings, sink));
      ConfiguredRule rule = before == null ? made : made.after(before.configured.get(spec.id()));
      configured.put(spec.id(), rule);
      this.rules.add(
          new RuleFilter(
              rule.rule(),
              scene,
              settings.schedule(),
              MediaTime.ticks(settings.duration("min-age")),
              settings.decimal("min-score")));
    }
    if (before != null) {
      endOthers(before);
    }
  }

  /** Ends the rules of another engine that are not in this one, and takes over changed counts. */
  private void endOthers(RuleEngine before) {
    before.configured.forEach(
        (id, old) -> {
          ConfiguredRule now = configured.get(id);
          if (now == null || now.rule() != old.rule()) {
            old.rule().end();
            old.rule().sample(new FrameSamples(newest, 0, statistics));
            if (now != null && now.spec().type().equals(old.spec().type())) {
              now.rule().continueFrom(old.rule());
            }
          }
        });
  }

  /**
   * Shows the next frame's picture to the rules that ask about the camera: before {@link #observe}.
   *
   * @param frame borrowed until the call returns
   */
  public void look(Frame frame) {
    rules.forEach(filter -> filter.look(frame));
  }

  /**
   * Informs the rules that time passes without a picture; called about once a second while none
   * comes.
   *
   * @param lastMediaTime of the last picture, 1/90000 s; where none ever came, when the camera was
   *     added
   * @param lastWallClock the same on the wall clock
   * @param silence for how long no picture has come
   */
  public List<Alert> waiting(long lastMediaTime, Instant lastWallClock, Duration silence) {
    Timestamp last = new Timestamp(new MediaTime(lastMediaTime), lastWallClock);
    Timestamp now = last.plus(silence);
    rules.forEach(filter -> filter.waiting(last, now));
    return taken();
  }

  /** Returns the names of the signals whose states these rules take from a controller. */
  public static Set<String> externalSignals(List<RuleSpec> rules) {
    Set<String> names = new TreeSet<>();
    for (RuleSpec rule : rules) {
      if (RuleTypes.needs(rule.type(), RuleType.Need.SIGNAL)
          && Boolean.TRUE.equals(rule.settings().get("external"))
          && rule.settings().get("signal") instanceof String name) {
        names.add(name);
      }
    }
    return names;
  }

  /**
   * Returns what the rules find on the next frame: alerts that opened, changed or closed, in order.
   * Drivers and passengers within vehicles are left out, and what people carry; a train on a road
   * is a lorry.
   */
  public List<Alert> observe(Observation observation) {
    Observation believed = belongings.without(occupants.without(trains.corrected(observation)));
    rules.forEach(filter -> filter.observe(believed));
    newest = observation.wallClock();
    long before = observed.watched() / MILLISECOND;
    observed.passes(observation.mediaTime());
    sample(observed.watched() / MILLISECOND - before);
    return taken();
  }

  /**
   * Chooses who receives what each frame adds to the statistics, on the thread of {@link #observe};
   * nobody until this is called.
   */
  public void statisticsTo(Consumer<Sample> samples) {
    statistics = requireNonNull(samples);
  }

  private void sample(long elapsedMillis) {
    FrameSamples samples = new FrameSamples(newest, elapsedMillis, statistics);
    rules.forEach(filter -> filter.sample(samples));
  }

  /**
   * Closes what is open, because nothing more will come. An alert's end stays the last moment at
   * which its condition was seen to hold.
   */
  public List<Alert> end() {
    rules.forEach(filter -> filter.rule().end());
    sample(0);
    return taken();
  }

  /** Returns what the rules have measured besides their alerts, joined in the rules' order. */
  public Measurements measurements() {
    Measurements all = Measurements.NONE;
    for (RuleFilter filter : rules) {
      all = all.and(filter.rule().measurements());
    }
    return all;
  }

  private List<Alert> taken() {
    List<Alert> alerts = List.copyOf(found);
    found.clear();
    return alerts;
  }
}
