package io.kydai.console.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.CameraJson;
import io.kydai.console.config.camera.PlaceConfig;
import io.kydai.console.csv.CsvCell;
import io.kydai.console.exchange.ImportedRow.Code;
import io.kydai.console.exchange.ImportedRow.Mistake;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.document.ConfigException;
import io.kydai.models.document.ConfigProblem;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Cameras as a table: a row for each, with the columns {@code id}, {@code name}, {@code url},
 * {@code groups} (with {@code |} between them), {@code purpose}, {@code retention-days}, {@code
 * lat}, {@code lon}, {@code address}, {@code onvif}, {@code transport}, {@code second-url}, {@code
 * second-role}, {@code recording}, {@code recording-times} (with {@code |} between them), {@code
 * recording-streams}, {@code retention-sub-days}, {@code retention-thin-days} and {@code
 * retention-archive-days}. The first row names the columns, in any order; only {@code id} is
 * needed. An empty cell leaves the camera's value as it is. Scene and rules are not in the table:
 * those of a known camera stay, a new one has the default rules.
 */
public final class CameraCsv {
  static final List<String> COLUMNS =
      List.of(
          "id",
          "name",
          "url",
          "groups",
          "purpose",
          "retention-days",
          "lat",
          "lon",
          "address",
          "onvif",
          "transport",
          "second-url",
          "second-role",
          "recording",
          "recording-times",
          "recording-streams",
          "retention-sub-days",
          "retention-thin-days",
          "retention-archive-days");

  private static final Set<String> NUMBERS =
      Set.of(
          "retention-days",
          "retention-sub-days",
          "retention-thin-days",
          "retention-archive-days",
          "lat",
          "lon");
  private static final Set<String> LISTS = Set.of("groups", "recording-times");
  private static final Set<String> OF_PLACE = Set.of("lat", "lon", "address");
  private static final ObjectMapper JSON = new ObjectMapper();

  private CameraCsv() {}

  /**
   * Reads a table.
   *
   * @param known returns a configured camera, whose values hold for empty cells
   * @return a row for each camera; the mistakes of the first row are those of a row without an id
   */
  public static List<ImportedRow> read(
      String text, Function<CameraId, Optional<CameraConfig>> known) {
    List<Csv.Row> rows = Csv.parse(text);
    if (rows.isEmpty()) {
      return List.of(header(1, new Mistake(1, "id", Code.MISSING, "a first row with columns")));
    }
    List<String> names =
        rows.get(0).cells().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    List<ImportedRow> read = new ArrayList<>();
    checkHeader(names).ifPresent(wrong -> read.add(header(1, wrong)));
    if (!read.isEmpty()) {
      return read;
    }
    Set<String> ids = new HashSet<>();
    for (Csv.Row row : rows.subList(1, rows.size())) {
      read.add(row(row, names, ids, known));
    }
    return read;
  }

  private static ImportedRow header(int line, Mistake mistake) {
    return new ImportedRow(line, "", null, List.of(mistake));
  }

  private static Optional<Mistake> checkHeader(List<String> names) {
    if (!names.contains("id")) {
      return Optional.of(new Mistake(1, "id", Code.MISSING, "the column 'id'"));
    }
    return names.stream()
        .filter(name -> !name.isEmpty() && !COLUMNS.contains(name))
        .findFirst()
        .map(
            name ->
                new Mistake(
                    1, shown(name), Code.UNKNOWN_COLUMN, "one of " + String.join(", ", COLUMNS)));
  }

  private static String shown(String name) {
    return name.length() > 60 ? name.substring(0, 60) : name;
  }

  private static ImportedRow row(
      Csv.Row row,
      List<String> names,
      Set<String> ids,
      Function<CameraId, Optional<CameraConfig>> known) {
    Map<String, String> cells = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(names.size(), row.cells().size()); i++) {
      if (!row.cells().get(i).isEmpty()) {
        cells.put(names.get(i), row.cells().get(i));
      }
    }
    String id = cells.getOrDefault("id", "");
    if (id.isEmpty()) {
      return wrong(row, id, new Mistake(row.line(), "id", Code.MISSING, "the camera's id"));
    }
    if (!ids.add(id)) {
      return wrong(row, id, new Mistake(row.line(), "id", Code.DUPLICATE, "an id once"));
    }
    try {
      Map<String, Object> keys = camera(id, known).map(CameraJson::write).orElseGet(Map::of);
      return new ImportedRow(row.line(), id, CameraJson.read(json(merged(keys, cells))), List.of());
    } catch (ConfigException e) {
      return new ImportedRow(
          row.line(),
          id,
          null,
          e.problems().stream().map(problem -> mistake(problem, row.line())).toList());
    }
  }

  private static Optional<CameraConfig> camera(
      String id, Function<CameraId, Optional<CameraConfig>> known) {
    try {
      return known.apply(new CameraId(id));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // Reading it reports what is wrong with the id.
    }
  }

  private static ImportedRow wrong(Csv.Row row, String id, Mistake mistake) {
    return new ImportedRow(row.line(), id, null, List.of(mistake));
  }

  private static Mistake mistake(ConfigProblem problem, int line) {
    String key = problem.key();
    String column = key.startsWith("place.") ? key.substring("place.".length()) : key;
    boolean missing = problem.message().startsWith("missing");
    return new Mistake(
        line,
        column.replaceAll("\\[.*", ""),
        missing ? Code.MISSING : Code.INVALID,
        problem.message());
  }

  private static Map<String, Object> merged(Map<String, Object> keys, Map<String, String> cells) {
    Map<String, Object> merged = new LinkedHashMap<>(keys);
    Map<String, Object> place = new LinkedHashMap<>();
    if (keys.get("place") instanceof Map<?, ?> before) {
      before.forEach((key, value) -> place.put(String.valueOf(key), value));
    }
    cells.forEach(
        (name, cell) -> {
          Object value = value(name, cell);
          if (OF_PLACE.contains(name)) {
            place.put(name, value);
          } else {
            merged.put(name, value);
          }
        });
    if (!place.isEmpty()) {
      merged.put("place", place);
    }
    return merged;
  }

  private static Object value(String name, String cell) {
    if (LISTS.contains(name)) {
      return Arrays.stream(cell.split("\\|", -1))
          .map(String::strip)
          .filter(one -> !one.isEmpty())
          .toList();
    }
    if (NUMBERS.contains(name)) {
      String number = cell.replace(',', '.');
      if (number.matches("-?[0-9]{1,9}")) {
        return Long.parseLong(number);
      }
      if (number.matches("-?[0-9]{1,9}\\.[0-9]{1,15}")) {
        return Double.parseDouble(number);
      }
    }
    return cell;
  }

  private static byte[] json(Map<String, Object> keys) {
    try {
      return JSON.writeValueAsString(keys).getBytes(UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes cameras as a table, without users and passwords. */
  public static String write(List<CameraConfig> cameras) {
    StringBuilder text = new StringBuilder(CsvCell.row(COLUMNS));
    cameras.forEach(camera -> text.append(CsvCell.row(cells(camera))));
    return text.toString();
  }

  private static List<String> cells(CameraConfig camera) {
    Optional<PlaceConfig> place = Optional.ofNullable(camera.place());
    Optional<PlaceConfig.Position> at = place.map(PlaceConfig::position);
    return List.of(
        camera.id().value(),
        camera.name(),
        camera.shownUrl().orElse(""),
        String.join("|", camera.groups()),
        Optional.ofNullable(camera.purpose()).orElse(""),
        String.valueOf(camera.retention().days()),
        at.map(position -> String.valueOf(position.lat())).orElse(""),
        at.map(position -> String.valueOf(position.lon())).orElse(""),
        place.map(PlaceConfig::address).orElse(""),
        Optional.ofNullable(camera.onvif()).map(String::valueOf).orElse(""),
        camera.connection().transport().name().toLowerCase(Locale.ROOT),
        camera.shownSecondUrl().orElse(""),
        name(camera.second().role()),
        name(camera.recording().mode()),
        String.join("|", camera.recording().times()),
        name(camera.recording().streams()),
        text(camera.retention().subDays()),
        text(camera.retention().thinDays()),
        text(camera.retention().archiveDays()));
  }

  private static String name(@Nullable Enum<?> value) {
    return value == null ? "" : value.name().toLowerCase(Locale.ROOT);
  }

  private static String text(@Nullable Integer value) {
    return value == null ? "" : value.toString();
  }
}
