package io.kydai.console.config;

import io.kydai.analytics.Point;
import io.kydai.analytics.rules.InvalidRuleException;
import io.kydai.analytics.rules.RuleEngine;
import io.kydai.analytics.rules.RuleSpec;
import io.kydai.analytics.scene.Arrow;
import io.kydai.analytics.scene.Calibration;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.analytics.scene.ZoneUse;
import io.kydai.ingest.CameraId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what is drawn on a camera's picture, and the rules that ask about it. */
final class SceneReader {
  /** Lines, zones and rules of a camera, each. */
  private static final int MAX_ITEMS = 100;

  private static final int MAX_CORNERS = 100;
  private static final String[] USES =
      Stream.of(ZoneUse.values())
          .map(use -> use.name().toLowerCase(Locale.ROOT))
          .toArray(String[]::new);
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");

  private SceneReader() {}

  static Scene scene(Value value) {
    Optional<Section> section = value.section();
    if (section.isEmpty()) {
      return Scene.EMPTY;
    }
    List<Line> lines = new ArrayList<>();
    List<Zone> zones = new ArrayList<>();
    Map<String, Value> lineIds = new LinkedHashMap<>();
    Map<String, Value> zoneIds = new LinkedHashMap<>();
    items(section.get(), "lines").forEach(item -> line(item, lineIds).ifPresent(lines::add));
    items(section.get(), "zones").forEach(item -> zone(item, zoneIds).ifPresent(zones::add));
    Optional<Calibration> calibration =
        section.get().get("calibration").flatMap(CalibrationReader::calibration);
    section.get().end();
    return new Scene(lines, zones, calibration);
  }

  static List<Value> items(Section section, String key) {
    return section.get(key).map(list -> list.items(MAX_ITEMS)).orElse(List.of());
  }

  private static Optional<Line> line(Value value, Map<String, Value> ids) {
    Optional<Section> section = value.section();
    if (section.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> id = id(section.get(), ids);
    Optional<Point> from = section.get().need("from", "a point [x, y]").flatMap(SceneReader::point);
    Optional<Point> to = section.get().need("to", "a point [x, y]").flatMap(SceneReader::point);
    section.get().end();
    if (id.isEmpty() || from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Line(id.get(), from.get(), to.get()));
    } catch (IllegalArgumentException e) {
      return section.get().place("to").wrong(e.getMessage());
    }
  }

  private static Optional<Zone> zone(Value value, Map<String, Value> ids) {
    Optional<Section> section = value.section();
    if (section.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> id = id(section.get(), ids);
    Optional<List<Point>> polygon =
        section
            .get()
            .need("polygon", "a list of at least three points [x, y]")
            .flatMap(SceneReader::polygon);
    ZoneUse use =
        section
            .get()
            .get("use")
            .flatMap(at -> at.oneOf(USES))
            .map(name -> ZoneUse.valueOf(name.toUpperCase(Locale.ROOT)))
            .orElse(ZoneUse.AREA);
    Optional<Value> arrow = section.get().get("direction");
    Optional<Arrow> direction = arrow.flatMap(CalibrationReader::arrow);
    section.get().end();
    if (direction.isPresent() && use != ZoneUse.LANE) {
      return arrow.get().wrong("only a zone with 'use: lane' has a direction");
    }
    if (id.isEmpty() || polygon.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Zone(id.get(), polygon.get(), use, direction));
    } catch (IllegalArgumentException e) {
      return section.get().place("polygon").wrong(e.getMessage());
    }
  }

  private static Optional<List<Point>> polygon(Value value) {
    int before = value.problems().count();
    List<Point> corners = new ArrayList<>();
    value.items(MAX_CORNERS).forEach(item -> point(item).ifPresent(corners::add));
    return value.problems().count() > before ? Optional.empty() : Optional.of(corners);
  }

  static Optional<Point> point(Value value) {
    List<Value> items = value.items(Tree.MAX_SIZE);
    if (items.size() != 2) {
      return value.tree() instanceof Tree.Sequence
          ? value.wrong("a point has two coordinates [x, y], not " + items.size())
          : Optional.empty();
    }
    Optional<Double> x = items.get(0).number(0, 1);
    Optional<Double> y = items.get(1).number(0, 1);
    return x.isPresent() && y.isPresent()
        ? Optional.of(new Point(x.get(), y.get()))
        : Optional.empty();
  }

  /** An id that none of its kind has yet. */
  static Optional<String> id(Section section, Map<String, Value> taken) {
    Optional<Value> value = section.need("id", "a name that is unique here");
    Optional<String> id = value.flatMap(v -> v.text(MAX_ITEMS));
    if (id.isEmpty()) {
      return id;
    }
    if (!ID.matcher(id.get()).matches()) {
      return value
          .get()
          .wrong(
              "an id has 1 to 63 letters, digits, '-' and '_', and starts with a letter or digit");
    }
    return unique(id.get(), value.get(), taken);
  }

  static Optional<String> unique(String id, Value value, Map<String, Value> taken) {
    Value first = taken.putIfAbsent(id, value);
    if (first != null) {
      String where = first.line() > 0 ? "line " + first.line() : first.pointer();
      return value.wrong("the id '%s' is taken already, by %s".formatted(id, where));
    }
    return Optional.of(id);
  }

  /**
   * @param sceneIsRight whether rules can be held against the scene, or would only repeat what is
   *     known to be wrong with it
   */
  static List<RuleSpec> rules(
      CameraId camera, List<Value> values, Scene scene, boolean sceneIsRight) {
    List<RuleSpec> rules = new ArrayList<>();
    Map<String, Value> ids = new LinkedHashMap<>();
    for (Value value : values) {
      value
          .section()
          .flatMap(section -> rule(camera, section, ids, scene, sceneIsRight))
          .ifPresent(rules::add);
    }
    return rules;
  }

  private static Optional<RuleSpec> rule(
      CameraId camera, Section section, Map<String, Value> ids, Scene scene, boolean check) {
    Optional<String> id = id(section, ids);
    Optional<String> type =
        section.need("type", "a rule's type, such as crowding").flatMap(value -> value.text(63));
    Map<String, Object> settings = new LinkedHashMap<>();
    section
        .values()
        .forEach(
            (key, value) -> {
              if (!key.equals("id") && !key.equals("type") && !value.tree().isNull()) {
                value.plain().ifPresent(plain -> settings.put(key, plain));
              }
            });
    if (id.isEmpty() || type.isEmpty()) {
      return Optional.empty();
    }
    RuleSpec rule = new RuleSpec(id.get(), type.get(), settings);
    if (check) {
      try {
        new RuleEngine(camera, scene, List.of(rule), () -> "unused");
      } catch (InvalidRuleException e) {
        String prefix = e.key() + ": ";
        String message = e.getMessage();
        return section
            .place(e.key())
            .wrong(message.startsWith(prefix) ? message.substring(prefix.length()) : message);
      }
    }
    return Optional.of(rule);
  }
}
