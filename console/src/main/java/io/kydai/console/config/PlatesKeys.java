package io.kydai.console.config;

import static io.kydai.models.document.Key.key;
import static java.util.stream.Collectors.toMap;

import io.kydai.analytics.rules.settings.WatchList;
import io.kydai.models.document.Distinct;
import io.kydai.models.document.Shape;
import io.kydai.models.document.ValueType;
import io.kydai.models.plates.PlateFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The keys of {@code plates} and its watch list. Error messages do not repeat a listed plate, which
 * is personal data.
 */
final class PlatesKeys {
  private static final String ANY = "any";
  private static final int MAX_TEXT = 100;
  private static final Map<String, PlateFormat> FORMATS =
      PlateFormat.ALL.stream()
          .collect(toMap(one -> one.country().toLowerCase(Locale.ROOT), Function.identity()));

  private static final ValueType<String> PLATE =
      ValueType.text(MAX_TEXT)
          .as(
              (text, at) ->
                  WatchList.normal(text)
                      .or(() -> at.wrong("a plate of 4 to 12 letters A-Z and digits is expected")),
              plate -> plate)
          .saying("4 to 12 letters and digits");

  private static final Distinct PLATES =
      new Distinct(
          "plate",
          WatchList::normal,
          (plate, first) ->
              "the plate is already listed"
                  + (first.line() > 0 ? ", on line " + first.line() : ""));

  static final Shape<WatchList.Entry> WATCHED =
      Shape.of(
          WatchList.Entry.class,
          key("plate", PLATE, "spaces, dots and hyphens do not matter, `Đ` is D").needed("a plate"),
          key(
                  "label",
                  ValueType.text(MAX_TEXT),
                  "is shown and logged in the plate's place: a case's number, no names")
              .needed("why it is looked for, without names,"));

  static final Shape<Keys> SHAPE =
      Shape.of(
          Keys.class,
          key("enabled", ValueType.flag(), "false: as if the section were not there")
              .otherwise(true),
          key(
                  "country",
                  ValueType.oneOf(countries()),
                  "the format of plates; `any` is 5 to 10 letters and digits, some of both (O and 0"
                      + " are not distinguished then)")
              .otherwise("vn"),
          key(
                  "min-confidence",
                  ValueType.number(0, 1),
                  "readings of lower confidence are not reported")
              .otherwise(0.8),
          key(
                  "watch-list",
                  ValueType.list(WATCHED.type(), WatchList.MAX_ENTRIES, PLATES)
                      .as(
                          (entries, at) -> Optional.of(new WatchList(entries)),
                          list -> {
                            throw new IllegalStateException("plates are not written back");
                          }),
                  "the plates for which `plate-watch` rules raise alerts, below")
              .otherwise(WatchList.EMPTY)
              .shown("empty"));

  static final ValueType<PlatesConfig> TYPE =
      SHAPE
          .type()
          .as(
              (keys, at) -> Optional.of(keys.config()),
              config -> {
                throw new IllegalStateException("plates are not written back");
              });

  private PlatesKeys() {}

  private static List<String> countries() {
    List<String> known = new ArrayList<>();
    PlateFormat.ALL.forEach(one -> known.add(one.country().toLowerCase(Locale.ROOT)));
    known.add(ANY);
    return known;
  }

  /** The values of the keys. */
  record Keys(boolean enabled, String country, double minConfidence, WatchList watchList) {
    PlatesConfig config() {
      return new PlatesConfig(enabled, FORMATS.get(country), minConfidence, watchList);
    }
  }
}
