package io.kydai.console.config.camera;

import static io.kydai.models.document.Key.key;

import io.kydai.analytics.scene.Arrow;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.analytics.scene.ZoneUse;
import io.kydai.models.document.Distinct;
import io.kydai.models.document.Shape;
import io.kydai.models.document.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys of {@code scene}: the lines, zones and calibration of a camera's picture. */
final class SceneKeys {
  /** The maximum number of lines, of zones and of rules of a camera. */
  static final int MAX_ITEMS = 100;

  private static final int MAX_CORNERS = 100;
  private static final String ID_PATTERN = "[A-Za-z0-9][A-Za-z0-9_-]{0,62}";
  private static final Pattern ID = Pattern.compile(ID_PATTERN);

  /** The type of the id of a line, a zone or a rule. */
  static final ValueType<String> ID_TYPE =
      ValueType.text(MAX_ITEMS)
          .as(
              (id, at) ->
                  ID.matcher(id).matches()
                      ? Optional.of(id)
                      : at.wrong(
                          "an id has 1 to 63 letters, digits, '-' and '_', and starts with a letter"
                              + " or digit"),
              id -> id)
          .with("pattern", "^" + ID_PATTERN + "$", "maxLength", 63)
          .saying("1 to 63 letters, digits, `-`, `_`");

  /** The type of a point {@code [x, y]} with coordinates from 0 to 1. */
  static final ValueType<Point> POINT =
      ValueType.pair(
              ValueType.number(0, 1),
              ValueType.number(0, 1),
              "a point has two coordinates [x, y]",
              Point::new,
              point -> List.of(point.x(), point.y()))
          .saying("`[x, y]`");

  /** The type of an arrow {@code [[x, y], [x, y]]} from the first point to the second. */
  static final ValueType<Arrow> ARROW =
      ValueType.pair(
              POINT,
              POINT,
              "two points [[x, y], [x, y]] are expected",
              Arrow::new,
              arrow -> List.of(arrow.from(), arrow.to()))
          .saying("`[[x, y], [x, y]]`");

  static final Shape<Line> LINE =
      Shape.of(
              Line.class,
              key("id", ID_TYPE, "unique among the lines").needed("a name that is unique here"),
              key("from", POINT, "its beginning").needed("a point [x, y]"),
              key(
                      "to",
                      POINT,
                      "its end, at least 0.01 away. Crossing from the left-hand side (looking from"
                          + " `from` to `to`) to the right-hand side is `forward`")
                  .needed("a point [x, y]"))
          .refusedAt("to");

  static final Shape<Zone> ZONE =
      Shape.of(
              Zone.class,
              key("id", ID_TYPE, "unique among the zones").needed("a name that is unique here"),
              key(
                      "polygon",
                      ValueType.list(POINT, MAX_CORNERS)
                          .with("minItems", 3)
                          .saying("3 to " + MAX_CORNERS + " of `[x, y]`"),
                      "its corners in order, closed from the last to the first, without crossing"
                          + " itself")
                  .needed("a list of at least three points [x, y]"),
              key(
                      "use",
                      ValueType.choice(ZoneUse.class),
                      "`lane` may have a direction; in `ignore` rules do not see objects;"
                          + " `signal` is tightly around the three lamps of a signal head"
                          + " ([rules.md](rules.md#traffic-signals) says how); in `far` objects are"
                          + " small: each frame may get a closer look at a part of it, which costs a"
                          + " second inference (see"
                          + " [accuracy.md](reports/accuracy.md#small-and-far-objects))")
                  .otherwise(ZoneUse.AREA)
                  .unwrittenByDefault(),
              key("direction", ARROW, "of a lane, from where to where"))
          .refusedAt("polygon")
          .check(
              (values, section) -> {
                if (values.given("direction")
                    && values.find("use", ZoneUse.class).filter(ZoneUse.LANE::equals).isEmpty()) {
                  section.place("direction").wrong("only a zone with 'use: lane' has a direction");
                }
              });

  static final Shape<Scene> SHAPE =
      Shape.of(
          Scene.class,
          key(
                  "lines",
                  ValueType.list(LINE.type(), MAX_ITEMS, Distinct.IDS),
                  "lines that are crossed, below")
              .otherwise(List.of())
              .shown("none"),
          key(
                  "zones",
                  ValueType.list(ZONE.type(), MAX_ITEMS, Distinct.IDS),
                  "parts of the picture, below")
              .otherwise(List.of())
              .shown("none"),
          key(
              "calibration",
              CalibrationKeys.TYPE,
              "the mapping from the picture to the ground, for rules that need speeds or areas, below"));

  private SceneKeys() {}
}
