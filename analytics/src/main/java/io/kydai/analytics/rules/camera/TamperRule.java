package io.kydai.analytics.rules.camera;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.health.TamperFinding;
import io.kydai.analytics.health.TamperWatch;
import io.kydai.analytics.health.Tampering;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.rules.lifecycle.AlertSink;
import io.kydai.analytics.rules.lifecycle.CurrentAlert;
import io.kydai.analytics.rules.lifecycle.ReasonText;
import io.kydai.analytics.rules.memory.ObservedTime;
import io.kydai.analytics.rules.settings.Settings;
import io.kydai.analytics.rules.type.Rule;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.ingest.media.MediaTime;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code tamper}: the camera does not show what it usually shows. One alert from the first wrong
 * picture until pictures have been right for five seconds, whatever is wrong in between: a bag that
 * is put over a camera darkens it, covers it and turns it aside. What has lasted long enough by
 * itself is named.
 *
 * <p>A view that was turned or blurred is learnt as the new one after {@code accept}, which ends
 * the alert; a covered, dark or frozen camera is never got used to.
 */
public final class TamperRule implements Rule {
  public static final RuleType TYPE =
      RuleType.named("tamper")
          .titled("camera tampered with", "camera bị can thiệp")
          .asks(RuleType.Group.CAMERA, "does the camera not show what it usually shows?")
          .choices("reasons", Tampering.class, "what may be wrong")
          .optionalDuration(
              "for",
              "15, 15, 30, 20, 60 s in the order of the reasons",
              "how long it lasts before it is reported")
          .duration(
              "accept",
              Duration.ofMinutes(10),
              "after how long a view that was turned or blurred is the usual one")
          .madeBy(TamperRule::of);

  private static final long GAP = MediaTime.ticksOfSeconds(2);
  private static final long CLEAR = MediaTime.ticksOfSeconds(5);
  private static final Map<Tampering, Duration> USUALLY =
      new EnumMap<>(
          Map.of(
              Tampering.DARK, Duration.ofSeconds(15),
              Tampering.COVERED, Duration.ofSeconds(15),
              Tampering.DEFOCUSED, Duration.ofSeconds(30),
              Tampering.MOVED, Duration.ofSeconds(20),
              Tampering.FROZEN, Duration.ofSeconds(60)));

  private final Map<Tampering, Long> limits = new EnumMap<>(Tampering.class);
  private final long accept;
  private final TamperWatch camera;
  private final ObservedTime observed = new ObservedTime();
  private final Map<Tampering, Long> lasted = new EnumMap<>(Tampering.class);
  private final Map<Tampering, TamperFinding> worst = new EnumMap<>(Tampering.class);
  private final CurrentAlert alert;
  private long total;
  private long right;
  private long unaccepted;

  private TamperRule(
      AlertSink alerts, Set<Tampering> reasons, @Nullable Duration holdFor, Duration accept) {
    this.alert = new CurrentAlert(alerts);
    this.camera = new TamperWatch(reasons);
    this.accept = MediaTime.ticks(accept);
    for (Tampering reason : reasons) {
      Duration usual = requireNonNull(USUALLY.get(reason), "each reason has its usual duration");
      limits.put(reason, MediaTime.ticks(holdFor == null ? usual : holdFor));
    }
  }

  private static Rule of(Settings settings, AlertSink alerts) {
    Duration holdFor = settings.has("for") ? settings.duration("for") : null;
    return new TamperRule(
        alerts, settings.choices("reasons", Tampering.class), holdFor, settings.duration("accept"));
  }

  @Override
  public void look(Frame frame) {
    camera.look(frame);
  }

  @Override
  public void observe(Observation observation) {
    Timestamp now = Timestamp.of(observation);
    long elapsed = observed.passes(now.mediaTime().ticks());
    Optional<TamperFinding> found = camera.finding();
    if (found.isPresent()) {
      wrong(found.get(), now, elapsed);
    } else if (alert.ongoing()) {
      right += elapsed;
      if (right > (alert.opened() ? CLEAR : GAP)) {
        end();
      }
    }
  }

  private void wrong(TamperFinding finding, Timestamp now, long elapsed) {
    if (!alert.ongoing()) {
      alert.begin(now).aboutCamera();
      lasted.clear();
      worst.clear();
      total = 0;
      unaccepted = 0;
    }
    right = 0;
    total += elapsed;
    Tampering kind = finding.kind();
    boolean before = enough(kind);
    lasted.merge(kind, elapsed, Long::sum);
    boolean worse = worst.merge(kind, finding, TamperRule::worse) == finding;
    if (enough(kind) && (!before || worse)) {
      alert.event().markChanged();
    }
    report(now, enough(kind) || total >= longestLimit());
    boolean changeable = kind == Tampering.MOVED || kind == Tampering.DEFOCUSED;
    unaccepted = changeable ? unaccepted + elapsed : 0;
    if (unaccepted >= accept) {
      camera.forget();
    }
  }

  private boolean enough(Tampering kind) {
    return lasted.getOrDefault(kind, -1L) >= requireNonNull(limits.get(kind));
  }

  /** Where reasons alternate, none may last long enough by itself. */
  private long longestLimit() {
    return lasted.keySet().stream().mapToLong(limits::get).max().orElse(0);
  }

  /** The value that is further from its limit, by more than what is not worth telling. */
  private static TamperFinding worse(TamperFinding old, TamperFinding now) {
    double worth = Math.abs(old.limit()) / 10;
    return Math.abs(now.value() - now.limit()) > Math.abs(old.value() - old.limit()) + worth
        ? now
        : old;
  }

  private void report(Timestamp now, boolean sure) {
    double seconds = now.secondsSince(alert.event().start());
    StringBuilder text = new StringBuilder();
    Map<String, Double> measures = new HashMap<>();
    measures.put("seconds", seconds);
    lasted.keySet().stream()
        .sorted((one, other) -> Boolean.compare(enough(other), enough(one)))
        .filter(kind -> enough(kind) || lasted.keySet().stream().noneMatch(this::enough))
        .forEach(
            kind -> {
              TamperFinding finding = requireNonNull(worst.get(kind));
              text.append(text.isEmpty() ? "camera " : "; ")
                  .append(kind.label())
                  .append(": ")
                  .append(finding.words());
              measures.put(kind.measure(), finding.value());
              measures.put(kind.measure() + ".normal", finding.normal());
              measures.put(kind.measure() + ".limit", finding.limit());
            });
    alert.event().sustain(now, sure, text + ReasonText.forSeconds(seconds), measures);
  }

  @Override
  public void end() {
    right = 0;
    alert.close();
  }
}
