package io.kydai.analytics.rules;

import io.kydai.analytics.scene.Calibration;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.analytics.scene.ZoneUse;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a rule's settings by type, and says of each wrong one what would be right. A rule reads all
 * of its keys, then the engine calls {@link #refuseOthers}.
 */
final class Settings {
  private static final int MAX_LIST = 100;

  private final RuleSpec spec;
  private final Scene scene;
  private final Optional<SignalFeed> signals;
  private final PlateFeed plates;
  private final Set<String> read = new TreeSet<>();

  Settings(RuleSpec spec, Scene scene, Optional<SignalFeed> signals, PlateFeed plates) {
    this.spec = spec;
    this.scene = scene;
    this.signals = signals;
    this.plates = plates;
  }

  Line line(String key) {
    String id = text(key, "the id of a line");
    return scene
        .line(id)
        .orElseThrow(() -> unknown(key, "line", id, scene.lines().stream().map(Line::id).toList()));
  }

  Zone zone(String key) {
    return zone(key, text(key, "the id of a zone"));
  }

  /** A zone, where a rule need not have one. */
  Optional<Zone> optionalZone(String key) {
    return has(key) ? Optional.of(zone(key)) : Optional.empty();
  }

  private Zone zone(String key, String id) {
    return scene
        .zone(id)
        .orElseThrow(() -> unknown(key, "zone", id, scene.zones().stream().map(Zone::id).toList()));
  }

  /** One zone or several, none of them twice. */
  List<Zone> zones(String key) {
    List<Zone> zones = new ArrayList<>();
    for (String id : new LinkedHashSet<>(texts(key, "ids of zones"))) {
      zones.add(zone(key, id));
    }
    return zones;
  }

  /** The scene's calibration, where there is one. */
  Optional<Calibration> calibration() {
    return scene.calibration();
  }

  /** The scene's calibration, without which this type of rule makes no sense. */
  Calibration ground() {
    return scene
        .calibration()
        .orElseThrow(
            () ->
                new InvalidRuleException(
                    "type",
                    "type: "
                        + spec.type()
                        + " needs to know the ground: add 'calibration' to the scene"));
  }

  /** A zone's square metres, where the ground is known. */
  OptionalDouble area(Zone zone) {
    return scene.calibration().map(known -> known.area(zone)).orElse(OptionalDouble.empty());
  }

  /** What knows the signals' states; where nothing does, nobody is accused. */
  SignalFeed signals() {
    return signals.orElse(SignalFeed.NONE);
  }

  /** The ids of the zones of a use. */
  List<String> zones(ZoneUse use) {
    return scene.zones().stream().filter(zone -> zone.use() == use).map(Zone::id).toList();
  }

  /** False where nothing is said. */
  boolean flag(String key) {
    Object value = value(key).orElse(false);
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrong(key, value, "true or false");
  }

  /** What knows the plates of the camera's vehicles. */
  PlateFeed plates() {
    return plates;
  }

  boolean flag(String key, boolean otherwise) {
    Object value = value(key).orElse(otherwise);
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrong(key, value, "true or false");
  }

  boolean has(String key) {
    return value(key).isPresent();
  }

  double decimal(String key, double least, double most, double otherwise) {
    return value(key).isPresent() ? decimal(key, least, most) : otherwise;
  }

  double decimal(String key, double least, double most) {
    String right = "a number from " + shown(least) + " to " + shown(most);
    Object value = required(key, right);
    if (value instanceof Number number
        && number.doubleValue() >= least
        && number.doubleValue() <= most) {
      return number.doubleValue();
    }
    throw wrong(key, value, right);
  }

  int integer(String key, int least, int most, int otherwise) {
    return value(key).isPresent() ? integer(key, least, most) : otherwise;
  }

  int integer(String key, int least, int most) {
    String right = "a whole number from " + least + " to " + most;
    Object value = required(key, right);
    if (value instanceof Number number
        && number.doubleValue() == Math.rint(number.doubleValue())
        && number.doubleValue() >= least
        && number.doubleValue() <= most) {
      return number.intValue();
    }
    throw wrong(key, value, right);
  }

  Duration duration(String key, Duration otherwise) {
    Optional<Object> value = value(key);
    if (value.isEmpty()) {
      return otherwise;
    }
    return Durations.read(value.get()).orElseThrow(() -> wrong(key, value.get(), Durations.RIGHT));
  }

  /** Class names, in their order; an empty set of defaults means every class. */
  Set<String> classes(Set<String> otherwise) {
    String key = "classes";
    Optional<Object> value = value(key);
    if (value.isEmpty()) {
      return otherwise;
    }
    Set<String> classes = new LinkedHashSet<>(texts(key, "class names such as person, car"));
    for (String name : classes) {
      if (!CocoClasses.NAMES.contains(name)) {
        throw wrong(
            key,
            name,
            "names of COCO classes such as person, bicycle, car, motorcycle, bus, truck");
      }
    }
    return classes;
  }

  /** One of the constants or several; all of them where nothing is said. */
  <T extends Enum<T>> Set<T> choices(String key, Class<T> type) {
    if (value(key).isEmpty()) {
      return EnumSet.allOf(type);
    }
    String right = "one or more of " + EnumSet.allOf(type).toString().toLowerCase(Locale.ROOT);
    Set<T> chosen = EnumSet.noneOf(type);
    for (String name : texts(key, right)) {
      try {
        chosen.add(Enum.valueOf(type, name.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw wrong(key, name, right);
      }
    }
    return chosen;
  }

  <T extends Enum<T>> T choice(String key, Class<T> type, T otherwise) {
    return value(key).isPresent() ? choice(key, type) : otherwise;
  }

  <T extends Enum<T>> T choice(String key, Class<T> type) {
    List<String> names = new ArrayList<>();
    for (T constant : type.getEnumConstants()) {
      names.add(constant.name().toLowerCase(Locale.ROOT));
    }
    String right = String.join(" or ", names);
    String value = text(key, right);
    int index = names.indexOf(value.toLowerCase(Locale.ROOT));
    if (index < 0) {
      throw wrong(key, value, right);
    }
    return type.getEnumConstants()[index];
  }

  /** {@code schedule} and {@code timezone}. */
  Schedule schedule() {
    ZoneId zone = ZoneId.systemDefault();
    if (value("timezone").isPresent()) {
      String right = "the name of a time zone such as Asia/Ho_Chi_Minh or +07:00";
      String name = text("timezone", right);
      try {
        zone = ZoneId.of(name);
      } catch (DateTimeException e) {
        throw wrong("timezone", name, right);
      }
    }
    if (value("schedule").isEmpty()) {
      return Schedule.always();
    }
    List<String> windows = texts("schedule", Schedule.RIGHT);
    try {
      return Schedule.parse(windows, zone);
    } catch (IllegalArgumentException e) {
      throw new InvalidRuleException("schedule", "schedule: " + e.getMessage());
    }
  }

  /**
   * @throws InvalidRuleException when there is a key that the rule did not read
   */
  void refuseOthers() {
    for (String key : new TreeSet<>(spec.settings().keySet())) {
      if (!read.contains(key)) {
        throw new InvalidRuleException(
            key,
            "a rule of type "
                + spec.type()
                + " has no setting '"
                + key
                + "'; it has: "
                + String.join(", ", read));
      }
    }
  }

  private Optional<Object> value(String key) {
    read.add(key);
    return Optional.ofNullable(spec.settings().get(key));
  }

  private Object required(String key, String right) {
    return value(key)
        .orElseThrow(
            () ->
                new InvalidRuleException(
                    key, "a rule of type " + spec.type() + " needs '" + key + "': " + right));
  }

  String text(String key, String right) {
    Object value = required(key, right);
    if (value instanceof String text && !text.isBlank()) {
      return text;
    }
    throw wrong(key, value, right);
  }

  /** One string, or a list of them that is not empty. */
  private List<String> texts(String key, String right) {
    Object value = required(key, right);
    List<?> list = value instanceof List<?> several ? several : List.of(value);
    if (list.isEmpty() || list.size() > MAX_LIST) {
      throw wrong(key, value, "one to " + MAX_LIST + " " + right);
    }
    List<String> texts = new ArrayList<>();
    for (Object element : list) {
      if (!(element instanceof String text) || text.isBlank()) {
        throw wrong(key, element, right);
      }
      texts.add(text.strip());
    }
    return texts;
  }

  private static String shown(double bound) {
    return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
  }

  private static InvalidRuleException wrong(String key, Object value, String right) {
    String shown = String.valueOf(value);
    if (shown.length() > 60) {
      shown = shown.substring(0, 60) + "…";
    }
    return new InvalidRuleException(key, key + ": '" + shown + "' should be " + right);
  }

  private static InvalidRuleException unknown(
      String key, String what, String id, List<String> known) {
    return new InvalidRuleException(
        key,
        key
            + ": there is no "
            + what
            + " '"
            + id
            + "' in the scene; "
            + (known.isEmpty()
                ? "it has no " + what + "s: draw one"
                : "it has: " + String.join(", ", known)));
  }
}
