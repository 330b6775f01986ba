package io.kydai.console.http.api.search;

import static java.util.Objects.requireNonNull;

import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.api.camera.CameraPlaces;
import io.kydai.console.http.api.camera.CameraView;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.api.desk.ReportAccess;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.reports.InvalidReportRequestException;
import io.kydai.console.reports.ReportState;
import io.kydai.console.search.PlatePattern;
import io.kydai.console.search.SearchRequest;
import io.kydai.console.search.SearchWords;
import io.kydai.console.users.Area;
import io.kydai.console.users.CameraPlace;
import io.kydai.console.users.Directory;
import io.kydai.ingest.source.CameraId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the conditions of a search, and narrows it to what the caller may see. */
public final class SearchConditions {
  private final Cameras cameras;
  private final Directory directory;
  private final ReportAccess access;

  /**
   * Creates the reader.
   *
   * @param directory has the areas
   */
  public SearchConditions(Cameras cameras, Directory directory, ReportAccess access) {
    this.cameras = requireNonNull(cameras);
    this.directory = requireNonNull(directory);
    this.access = requireNonNull(access);
  }

  /**
   * Returns what a call searches for.
   *
   * @throws Problem 400 when a condition is none, or a plate is looked for without a reason
   * @throws InvalidReportRequestException when the plate is no pattern
   */
  SearchRequest of(ApiCall call) {
    Optional<PlatePattern> plate = call.text("plate").map(PlatePattern::of);
    if (plate.isPresent() && call.text("reason").map(String::isBlank).orElse(true)) {
      throw Problem.badField(
          "reason", "Expected: why the plate is looked for; the audit records it.");
    }
    return new SearchRequest(
        call.time("from").orElse(null),
        call.time("until").orElse(null),
        cameras(call),
        call.text("type").orElse(null),
        call.constant("state", ReportState.class).orElse(null),
        call.text("agency").orElse(null),
        call.text("text").map(SearchWords::asked).orElse(List.of()),
        plate.orElse(null),
        access.visible(call.caller()),
        call.text("order").filter("oldest"::equals).isPresent());
  }

  /** Returns the cameras that camera, group, area and a drawn area leave; null for all. */
  private @Nullable Set<CameraId> cameras(ApiCall call) {
    Optional<CameraId> camera = call.text("camera").map(SearchConditions::camera);
    Optional<String> group = call.text("group");
    Optional<Area> area = call.text("area").map(this::area);
    Optional<List<Area.Corner>> drawn = call.text("polygon").map(DrawnArea::of);
    if (group.isEmpty() && area.isEmpty() && drawn.isEmpty()) {
      return camera.map(Set::of).orElse(null);
    }
    Predicate<CameraConfig> wanted =
        config ->
            camera.map(config.id()::equals).orElse(true)
                && group.map(config.groups()::contains).orElse(true)
                && area.map(one -> contains(one.polygon(), config)).orElse(true)
                && drawn.map(corners -> contains(corners, config)).orElse(true);
    return cameras.all().stream()
        .map(CameraView::config)
        .filter(wanted)
        .map(CameraConfig::id)
        .collect(Collectors.toSet());
  }

  /** The contract's pattern lets a line break stand at the end. */
  private static CameraId camera(String value) {
    try {
      return new CameraId(value);
    } catch (IllegalArgumentException e) {
      throw Problem.badField("camera", "Expected: a camera's id.");
    }
  }

  private Area area(String id) {
    return directory.areas().stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElseThrow(() -> Problem.badField("area", "Expected: the id of an area."));
  }

  private static boolean contains(List<Area.Corner> polygon, CameraConfig config) {
    CameraPlace place = CameraPlaces.of(config);
    Double lat = place.lat();
    Double lon = place.lon();
    return lat != null && lon != null && Area.contains(polygon, lat, lon);
  }
}
