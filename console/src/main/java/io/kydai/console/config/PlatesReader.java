package io.kydai.console.config;

import io.kydai.analytics.rules.WatchList;
import io.kydai.models.plates.PlateFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads how plates are read, and which are looked for. Its errors do not repeat a listed plate,
 * which is personal data.
 */
final class PlatesReader {
  private static final String ANY = "any";
  private static final int MAX_TEXT = 100;

  private PlatesReader() {}

  static PlatesConfig plates(Section section) {
    boolean enabled = section.get("enabled").map(PlatesReader::flag).orElse(true);
    Optional<String> country =
        section
            .get("country")
            .flatMap(
                at -> {
                  List<String> known = new ArrayList<>();
                  PlateFormat.ALL.forEach(one -> known.add(one.country().toLowerCase(Locale.ROOT)));
                  known.add(ANY);
                  return at.oneOf(known.toArray(String[]::new));
                });
    Optional<PlateFormat> format =
        country.isEmpty()
            ? PlatesConfig.OFF.format()
            : PlateFormat.ALL.stream()
                .filter(one -> one.country().equalsIgnoreCase(country.get()))
                .findFirst();
    double minConfidence =
        section
            .get("min-confidence")
            .flatMap(at -> at.number(0, 1))
            .orElse(PlatesConfig.OFF.minConfidence());
    WatchList watchList =
        section.get("watch-list").map(PlatesReader::watchList).orElse(WatchList.EMPTY);
    section.end();
    return new PlatesConfig(enabled, format, minConfidence, watchList);
  }

  private static boolean flag(Value at) {
    return at.plain()
        .flatMap(
            plain ->
                plain instanceof Boolean flag
                    ? Optional.of(flag)
                    : at.<Boolean>wrong("true or false is expected"))
        .orElse(false);
  }

  private static WatchList watchList(Value list) {
    List<WatchList.Entry> entries = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (Value item : list.items(WatchList.MAX_ENTRIES)) {
      item.section().flatMap(section -> entry(section, seen)).ifPresent(entries::add);
    }
    return new WatchList(entries);
  }

  private static Optional<WatchList.Entry> entry(Section section, Map<String, Integer> seen) {
    Optional<String> plate = section.need("plate", "a plate").flatMap(at -> plate(at, seen));
    Optional<String> label =
        section
            .need("label", "why it is looked for, without names,")
            .flatMap(at -> at.text(MAX_TEXT));
    section.end();
    return plate.flatMap(text -> label.map(why -> new WatchList.Entry(text, why)));
  }

  private static Optional<String> plate(Value at, Map<String, Integer> seen) {
    Optional<String> plate = at.text(MAX_TEXT).flatMap(WatchList::normal);
    if (plate.isEmpty()) {
      return at.wrong("a plate of 4 to 12 letters A-Z and digits is expected");
    }
    Integer first = seen.putIfAbsent(plate.get(), at.line());
    return first == null
        ? plate
        : at.wrong("the plate is listed already" + (first > 0 ? ", on line " + first : ""));
  }
}
