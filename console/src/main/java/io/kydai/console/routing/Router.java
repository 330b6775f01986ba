package io.kydai.console.routing;

import static java.util.Objects.requireNonNull;

import io.kydai.console.agencies.Agencies;
import io.kydai.console.reports.StepNote;
import io.kydai.console.users.Area;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the agency of a report: of the first row of the table whose conditions all hold, or the
 * centre's desk; then whoever acts for it.
 */
public final class Router {
  private final RoutingTable table;
  private final Agencies agencies;
  private final List<Area> areas;

  /** Creates a router over a table. */
  public Router(RoutingTable table, Agencies agencies, List<Area> areas) {
    this.table = requireNonNull(table);
    this.agencies = requireNonNull(agencies);
    this.areas = List.copyOf(areas);
  }

  /**
   * Returns where a report goes.
   *
   * @param type the type of the rule
   * @param at when it goes
   */
  public Route route(String type, Place place, Instant at) {
    ZonedDateTime local = at.atZone(table.zoneId());
    List<Area> here = areas(place);
    for (RoutingRule rule : table.rules()) {
      Optional<Held> held = holds(rule, type, here, local);
      if (held.isPresent()) {
        Map<String, String> values = new TreeMap<>(held.get().values());
        values.put("row", rule.id());
        return acting(
            rule.agency(),
            rule.id(),
            "row '" + rule.id() + "': " + held.get().why(),
            StepNote.Code.ROUTED_BY_ROW,
            values,
            at);
      }
    }
    return acting(
        table.desk(),
        null,
        "no row of the table is for %s %s at %s, so that it goes to the centre's desk"
            .formatted(type, words(here), local.toLocalDateTime()),
        StepNote.Code.ROUTED_TO_DESK,
        Map.of(
            "type",
            type,
            "areas",
            here.stream().map(Area::name).collect(Collectors.joining(", ")),
            "at",
            at.toString()),
        at);
  }

  private List<Area> areas(Place place) {
    Double lat = place.lat();
    Double lon = place.lon();
    return lat == null || lon == null
        ? List.of()
        : areas.stream().filter(area -> area.contains(lat, lon)).toList();
  }

  private static String words(List<Area> here) {
    return here.isEmpty()
        ? "in no known area"
        : here.stream().map(Area::name).collect(Collectors.joining(" and ", "in ", ""));
  }

  /** Why a row is for a report, in words and as values. */
  private record Held(String why, Map<String, String> values) {}

  /** Returns why a row is for a report; empty when it is not. */
  private static Optional<Held> holds(
      RoutingRule rule, String type, List<Area> here, ZonedDateTime at) {
    List<String> reasons = new ArrayList<>();
    Map<String, String> values = new TreeMap<>();
    List<String> types = rule.types();
    if (types != null) {
      if (!types.contains(type)) {
        return Optional.empty();
      }
      reasons.add(type);
      values.put("type", type);
    }
    List<String> wanted = rule.areas();
    if (wanted != null) {
      Optional<Area> in = here.stream().filter(area -> wanted.contains(area.id())).findFirst();
      if (in.isEmpty()) {
        return Optional.empty();
      }
      reasons.add("in " + in.get().name());
      values.put("area", in.get().name());
    }
    if (!rule.holdsAt(at)) {
      return Optional.empty();
    }
    if (rule.days() != null || rule.from() != null) {
      reasons.add("at " + at.toLocalDateTime());
      values.put("at", at.toInstant().toString());
    }
    return Optional.of(
        new Held(reasons.isEmpty() ? "every report" : String.join(" ", reasons), values));
  }

  private Route acting(
      String agency,
      @Nullable String rule,
      String why,
      StepNote.Code code,
      Map<String, String> values,
      Instant at) {
    List<String> way = agencies.acting(agency, at);
    String last = way.get(way.size() - 1);
    StringBuilder sentence = new StringBuilder(why).append(" → ").append(name(agency));
    for (String next : way.subList(1, way.size())) {
      sentence.append(", for which ").append(name(next)).append(" acts");
    }
    Map<String, String> all = new TreeMap<>(values);
    all.put("agency", agency);
    if (way.size() > 1) {
      all.put("acting", String.join(",", way.subList(1, way.size())));
    }
    return new Route(last, rule, sentence.toString(), new StepNote(code, all));
  }

  private String name(String id) {
    return agencies.find(id).map(agency -> agency.name()).orElse(id);
  }
}
