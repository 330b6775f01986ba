package io.kydai.console.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.agencies.Agencies;
import io.kydai.console.agencies.Agency;
import io.kydai.console.agencies.Delegation;
import io.kydai.console.settings.InvalidSettingException;
import io.kydai.console.users.Area;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {
  private static final ZoneId HUE = ZoneId.of("Asia/Ho_Chi_Minh");
  private static final Instant MONDAY = at("2026-11-23T10:00");
  private static final Place IN_WEST = new Place(16.45, 107.55);
  private static final Place IN_EAST = new Place(16.45, 107.65);
  private static final Place OUTSIDE = new Place(10.0, 106.0);
  private static final List<Area> AREAS =
      List.of(square("west", "Thuận Hóa", 107.5), square("east", "Vỹ Dạ", 107.6));
  private static final Agencies AGENCIES =
      new Agencies(
          List.of(
              new Agency("city", "City police", null, null),
              new Agency(
                  "west-police",
                  "West police",
                  "city",
                  new Delegation("east-police", at("2026-12-01T00:00"), at("2026-12-08T00:00"))),
              new Agency("east-police", "East police", "city", null),
              new Agency("order", "Order team", "city", null),
              new Agency("night", "Night watch", "city", null),
              new Agency("desk", "Centre's desk", null, null)));

  /** First match: what is special stands before what is general. */
  private static final RoutingTable TABLE =
      new RoutingTable(
          "Asia/Ho_Chi_Minh",
          "desk",
          List.of(
              rule("weekend", null, List.of("west"), weekend(), null, null, "order"),
              rule("night", null, null, null, LocalTime.of(22, 0), LocalTime.of(6, 0), "night"),
              rule("parking", List.of("illegal-parking"), null, null, null, null, "order"),
              rule("west", null, List.of("west"), null, null, null, "west-police"),
              rule("east", null, List.of("east"), null, null, null, "east-police")));

  private static Instant at(String local) {
    return LocalDateTime.parse(local).atZone(HUE).toInstant();
  }

  private static List<DayOfWeek> weekend() {
    return List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
  }

  private static Area square(String id, String name, double west) {
    return new Area(
        id,
        name,
        List.of(
            new Area.Corner(16.4, west),
            new Area.Corner(16.5, west),
            new Area.Corner(16.5, west + 0.1),
            new Area.Corner(16.4, west + 0.1)));
  }

  private static RoutingRule rule(
      String id,
      @Nullable List<String> types,
      @Nullable List<String> areas,
      @Nullable List<DayOfWeek> days,
      @Nullable LocalTime from,
      @Nullable LocalTime to,
      String agency) {
    return new RoutingRule(id, types, areas, days, from, to, agency);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // type, place, local time, row, agency
        "crowding,        west,    2026-11-23T10:00, west,    west-police",
        "crowding,        east,    2026-11-23T10:00, east,    east-police",
        "crowding,        outside, 2026-11-23T10:00, -,       desk",
        "crowding,        unknown, 2026-11-23T10:00, -,       desk",
        "illegal-parking, outside, 2026-11-23T10:00, parking, order",
        "illegal-parking, west,    2026-11-23T10:00, parking, order",
        "crowding,        west,    2026-11-23T21:59, west,    west-police",
        "crowding,        west,    2026-11-23T22:00, night,   night",
        "crowding,        west,    2026-11-24T05:59, night,   night",
        "crowding,        west,    2026-11-24T06:00, west,    west-police",
        "crowding,        west,    2026-11-28T23:00, weekend, order",
        "crowding,        east,    2026-11-28T23:00, night,   night",
        "crowding,        west,    2026-11-30T00:00, night,   night",
        "crowding,        west,    2026-11-30T07:00, west,    west-police",
        "crowding,        west,    2026-12-01T10:00, west,    east-police",
        "crowding,        west,    2026-12-08T10:00, west,    west-police",
      })
  void theFirstRowWhoseConditionsAllHoldDecides(
      String type, String place, String time, @Nullable String row, String agency) {
    Place where =
        switch (place) {
          case "west" -> IN_WEST;
          case "east" -> IN_EAST;
          case "outside" -> OUTSIDE;
          default -> Place.UNKNOWN;
        };
    Route route = new Router(TABLE, AGENCIES, AREAS).route(type, where, at(time));
    assertThat(route.rule()).isEqualTo(row);
    assertThat(route.agency()).isEqualTo(agency);
  }

  @Test
  void itIsSaidWhyAReportGoesWhereItGoes() {
    Router router = new Router(TABLE, AGENCIES, AREAS);
    assertThat(router.route("crowding", IN_WEST, MONDAY).why())
        .isEqualTo("row 'west': in Thuận Hóa → West police");
    assertThat(router.route("crowding", IN_WEST, at("2026-12-02T10:00")).why())
        .isEqualTo("row 'west': in Thuận Hóa → West police, for which East police acts");
    assertThat(router.route("crowding", OUTSIDE, MONDAY).why())
        .isEqualTo(
            "no row of the table is for crowding in no known area at 2026-11-23T10:00, so that it"
                + " goes to the centre's desk → Centre's desk");
  }

  @Test
  void aWindowOverMidnightOnAFridayEndsOnSaturdayMorning() {
    RoutingRule friday =
        rule(
            "f",
            null,
            null,
            List.of(DayOfWeek.FRIDAY),
            LocalTime.of(22, 0),
            LocalTime.of(6, 0),
            "a");
    assertThat(friday.holdsAt(at("2026-11-27T23:00").atZone(HUE))).isTrue();
    assertThat(friday.holdsAt(at("2026-11-28T05:00").atZone(HUE))).isTrue();
    assertThat(friday.holdsAt(at("2026-11-28T23:00").atZone(HUE))).isFalse();
    assertThat(friday.holdsAt(at("2026-11-27T05:00").atZone(HUE))).isFalse();
  }

  @Test
  void everyReportGoesSomewhereAmongTwoHundredAndTwentySixAgencies() {
    List<Agency> agencies = new ArrayList<>();
    List<RoutingRule> rules = new ArrayList<>();
    agencies.add(new Agency("city", "City", null, null));
    for (int i = 0; i < 225; i++) {
      agencies.add(new Agency("a" + i, "Agency " + i, "city", null));
      rules.add(
          rule("r" + i, List.of("t" + i % 12), List.of("area" + i), null, null, null, "a" + i));
    }
    Router router =
        new Router(new RoutingTable("UTC", "city", rules), new Agencies(agencies), AREAS);
    assertThat(router.route("t3", IN_WEST, MONDAY).agency()).isEqualTo("city");
  }

  @Test
  void delegatesInACircleDoNotTurnForEver() {
    Instant since = at("2026-01-01T00:00");
    Agencies circle =
        new Agencies(
            List.of(
                new Agency("a", "A", null, new Delegation("b", since, null)),
                new Agency("b", "B", null, new Delegation("a", since, null))));
    assertThat(circle.acting("a", MONDAY)).containsExactly("a", "b");
    assertThat(circle.acting("unknown", MONDAY)).containsExactly("unknown");
  }

  @Test
  void anAgencyMayNotStandAboveItselfAndRefersOnlyToOthersOfTheList() {
    assertThatThrownBy(
            () ->
                new Agencies(
                    List.of(new Agency("a", "A", "b", null), new Agency("b", "B", "a", null))))
        .isInstanceOf(InvalidSettingException.class);
    assertThatThrownBy(() -> new Agencies(List.of(new Agency("a", "A", "nobody", null))))
        .isInstanceOfSatisfying(
            InvalidSettingException.class,
            e -> assertThat(e.field()).isEqualTo("agencies[0].parent"));
    assertThatThrownBy(
            () ->
                new Agencies(
                    List.of(
                        new Agency("a", "A", null, null), new Agency("a", "Again", null, null))))
        .isInstanceOfSatisfying(
            InvalidSettingException.class, e -> assertThat(e.field()).isEqualTo("agencies[1].id"));
    assertThatThrownBy(() -> new RoutingTable("Mars", "desk", List.of()))
        .isInstanceOf(InvalidSettingException.class);
    assertThat(AGENCIES.above("west-police").orElseThrow().id()).isEqualTo("city");
    assertThat(AGENCIES.above("city")).isEmpty();
  }
}
