package io.kydai.analytics.rules.settings;

import static java.util.stream.Collectors.toMap;

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
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a rule's settings as its type declares them, and says of each wrong one what would be
 * right. Every read names a declared key: another one is a mistake of the rule's class and throws
 * {@link IllegalStateException}.
 */
public final class Settings {
  private static final int MAX_LIST = 100;

  private final RuleSpec spec;
  private final Scene scene;
  private final SignalFeed signals;
  private final PlateFeed plates;
  private final Map<String, Parameter> declared;

  /**
   * @throws InvalidRuleException when there is a key that is not declared
   */
  public Settings(
      RuleSpec spec,
      Collection<Parameter> declared,
      Scene scene,
      SignalFeed signals,
      PlateFeed plates) {
    this.spec = spec;
    this.declared = declared.stream().collect(toMap(Parameter::name, parameter -> parameter));
    refuseUndeclared();
    this.scene = scene;
    this.signals = signals;
    this.plates = plates;
  }

  public Line line(String key) {
    String id = text(key, "the id of a line");
    return scene
        .line(id)
        .orElseThrow(() -> unknown(key, "line", id, scene.lines().stream().map(Line::id).toList()));
  }

  public Zone zone(String key) {
    return zone(key, text(key, "the id of a zone"));
  }

  /** A zone, where a rule need not have one. */
  public Optional<Zone> optionalZone(String key) {
    return has(key) ? Optional.of(zone(key)) : Optional.empty();
  }

  private Zone zone(String key, String id) {
    return scene
        .zone(id)
        .orElseThrow(() -> unknown(key, "zone", id, scene.zones().stream().map(Zone::id).toList()));
  }

  /** One zone or several, none of them twice. */
  public List<Zone> zones(String key) {
    List<Zone> zones = new ArrayList<>();
    for (String id : new LinkedHashSet<>(texts(key, "ids of zones"))) {
      zones.add(zone(key, id));
    }
    return zones;
  }

  /** The scene's calibration, where there is one. */
  public Optional<Calibration> calibration() {
    return Optional.ofNullable(scene.calibration());
  }

  /** The scene's calibration, without which this type of rule makes no sense. */
  public Calibration ground() {
    return calibration()
        .orElseThrow(
            () ->
                new InvalidRuleException(
                    "type",
                    "type: "
                        + spec.type()
                        + " needs to know the ground: add 'calibration' to the scene"));
  }

  /** A zone's square metres, where the ground is known. */
  public Optional<Double> area(Zone zone) {
    return calibration().flatMap(known -> known.area(zone));
  }

  /** What knows the signals' states; where nothing does, nobody is accused. */
  public SignalFeed signals() {
    return signals;
  }

  /** The ids of the zones of a use. */
  public List<String> zones(ZoneUse use) {
    return scene.zones().stream().filter(zone -> zone.use() == use).map(Zone::id).toList();
  }

  public boolean flag(String key) {
    Object value = required(key, "true or false");
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrong(key, value, "true or false");
  }

  /** What knows the plates of the camera's vehicles. */
  public PlateFeed plates() {
    return plates;
  }

  /** Returns whether the configuration has the key itself; a default does not count. */
  public boolean has(String key) {
    parameter(key);
    return spec.settings().containsKey(key);
  }

  public double decimal(String key) {
    Parameter parameter = parameter(key);
    String right = "a number from " + shown(parameter.least()) + " to " + shown(parameter.most());
    Object value = required(key, right);
    if (value instanceof Number number
        && number.doubleValue() >= parameter.least()
        && number.doubleValue() <= parameter.most()) {
      return number.doubleValue();
    }
    throw wrong(key, value, right);
  }

  public int integer(String key) {
    Parameter parameter = parameter(key);
    String right =
        "a whole number from " + shown(parameter.least()) + " to " + shown(parameter.most());
    Object value = required(key, right);
    if (value instanceof Number number
        && number.doubleValue() == Math.rint(number.doubleValue())
        && number.doubleValue() >= parameter.least()
        && number.doubleValue() <= parameter.most()) {
      return number.intValue();
    }
    throw wrong(key, value, right);
  }

  public Duration duration(String key) {
    Object value = required(key, Durations.RIGHT);
    return Durations.read(value).orElseThrow(() -> wrong(key, value, Durations.RIGHT));
  }

  /** {@code classes}: class names, in their order; an empty set means every class. */
  public Set<String> classes() {
    String key = "classes";
    if (!has(key) && value(key).equals(Optional.of(List.of()))) {
      return Set.of();
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

  /** One or more of an enum's constants. */
  public <T extends Enum<T>> Set<T> choices(String key, Class<T> type) {
    List<String> words = parameter(key).values();
    String right = "one or more of " + words;
    Set<T> chosen = EnumSet.noneOf(type);
    for (String name : texts(key, right)) {
      chosen.add(constant(key, name, type, words, right));
    }
    return chosen;
  }

  /** One of an enum's constants. */
  public <T extends Enum<T>> T choice(String key, Class<T> type) {
    List<String> words = parameter(key).values();
    String right = String.join(" or ", words);
    return constant(key, text(key, right), type, words, right);
  }

  private static <T extends Enum<T>> T constant(
      String key, String word, Class<T> type, List<String> words, String right) {
    int index = words.indexOf(word.toLowerCase(Locale.ROOT));
    if (index < 0) {
      throw wrong(key, word, right);
    }
    return type.getEnumConstants()[index];
  }

  /** {@code schedule} and {@code timezone}. */
  public Schedule schedule() {
    ZoneId zone = ZoneId.systemDefault();
    if (has("timezone")) {
      String right = "the name of a time zone such as Asia/Ho_Chi_Minh or +07:00";
      String name = text("timezone", right);
      try {
        zone = ZoneId.of(name);
      } catch (DateTimeException e) {
        throw wrong("timezone", name, right);
      }
    }
    if (!has("schedule")) {
      return Schedule.always();
    }
    List<String> windows = texts("schedule", Schedule.RIGHT);
    try {
      return Schedule.parse(windows, zone);
    } catch (IllegalArgumentException e) {
      throw new InvalidRuleException("schedule", "schedule: " + e.getMessage());
    }
  }

  private void refuseUndeclared() {
    for (String key : new TreeSet<>(spec.settings().keySet())) {
      if (!declared.containsKey(key)) {
        throw new InvalidRuleException(
            key,
            "a rule of type "
                + spec.type()
                + " has no setting '"
                + key
                + "'; it has: "
                + String.join(", ", new TreeSet<>(declared.keySet())));
      }
    }
  }

  private Parameter parameter(String key) {
    Parameter parameter = declared.get(key);
    if (parameter == null) {
      throw new IllegalStateException(
          "the type " + spec.type() + " does not declare the setting '" + key + "'");
    }
    return parameter;
  }

  /** What the configuration says, or else the declared default. */
  private Optional<Object> value(String key) {
    Parameter parameter = parameter(key);
    Object said = spec.settings().get(key);
    if (said == null && parameter.absence() instanceof Parameter.Preset preset) {
      return Optional.of(preset.value());
    }
    return Optional.ofNullable(said);
  }

  private Object required(String key, String right) {
    return value(key)
        .orElseThrow(
            () ->
                new InvalidRuleException(
                    key, "a rule of type " + spec.type() + " needs '" + key + "': " + right));
  }

  public String text(String key, String right) {
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
