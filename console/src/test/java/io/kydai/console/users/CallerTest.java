package io.kydai.console.users;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.ingest.source.CameraId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallerTest {
  private static final CameraId GATE = new CameraId("gate");
  private static final CameraId PARK = new CameraId("park");
  private static final CameraPlace AT_GATE =
      new CameraPlace(GATE, Set.of("old-town"), 16.47, 107.58);
  private static final CameraPlace AT_PARK = new CameraPlace(PARK, Set.of(), 16.40, 107.50);

  @TempDir Path folder;
  private Town town;

  @BeforeEach
  void open() {
    town = new Town(folder);
    town.add("admin", Grant.of(Role.ADMINISTRATOR));
  }

  @AfterEach
  void close() {
    town.close();
  }

  private Caller of(String name, Grant... grants) {
    town.add(name, grants);
    return town.logIns.logIn(name, Town.PASSWORD, null, "", Town.HERE).caller();
  }

  private static Grant on(Role role, Scope scope) {
    return new Grant(role, scope, null, null);
  }

  @Test
  void aRightReachesNamedCamerasGroupsAndAreasAndNothingElse() {
    town.directory.putArea(
        new Area(
            "citadel",
            "Citadel",
            List.of(
                new Area.Corner(16.46, 107.57),
                new Area.Corner(16.48, 107.57),
                new Area.Corner(16.48, 107.59),
                new Area.Corner(16.46, 107.59))),
        Actor.SYSTEM,
        RequestOrigin.NONE);
    Scope group = new Scope(false, Set.of(), Set.of("old-town"), Set.of());
    Scope area = new Scope(false, Set.of(), Set.of(), Set.of("citadel"));
    for (Caller caller :
        List.of(
            of("named", on(Role.OPERATOR, Scope.of(GATE))),
            of("group", on(Role.OPERATOR, group)),
            of("area", on(Role.OPERATOR, area)))) {
      assertThat(caller.may(Permission.LIVE, AT_GATE)).isTrue();
      assertThat(caller.may(Permission.LIVE, AT_PARK)).isFalse();
      assertThat(caller.may(Permission.REVIEW, AT_GATE)).isFalse();
      assertThat(caller.reach(Permission.EVIDENCE, List.of(AT_GATE, AT_PARK)))
          .containsExactly(new Reach(Set.of(GATE), null, null));
    }
  }

  @Test
  void anAdministratorOfSomeCamerasIsNoAdministratorOfTheNode() {
    Caller caller = of("district", on(Role.ADMINISTRATOR, Scope.of(GATE)));

    assertThat(caller.may(Permission.CONFIGURE_CAMERAS, AT_GATE)).isTrue();
    assertThat(caller.may(Permission.CONFIGURE_PEOPLE)).isFalse();
    assertThat(caller.may(Permission.AUDIT)).isFalse();
    assertThat(caller.may(Permission.METRICS)).isFalse();
  }

  @Test
  void aGrantEndsAtItsEndAndShowsNothingFromBeforeItsBeginning() {
    Instant now = town.clock.instant();
    Grant week = new Grant(Role.OPERATOR, Scope.EVERYTHING, now, now.plus(Duration.ofDays(7)));
    Caller caller = of("guest", week);

    assertThat(caller.may(Permission.EVIDENCE, AT_GATE, now, null)).isTrue();
    assertThat(caller.may(Permission.EVIDENCE, AT_GATE, now.minusSeconds(1), null)).isFalse();
    assertThat(caller.since(Permission.HISTORY, AT_GATE)).contains(now);
    town.clock.advance(Duration.ofDays(7));
    Caller later = town.logIns.logIn("guest", Town.PASSWORD, null, "", Town.HERE).caller();
    assertThat(later.may(Permission.EVIDENCE)).isFalse();
    assertThat(later.permissions()).isEmpty();
  }

  @Test
  void anAgencyOfficerSeesTheReportsOfTheOwnAgencyAlone() {
    town.directory.add(
        "tuan",
        "Tuấn",
        "police",
        List.of(Grant.of(Role.AGENCY_OFFICER)),
        Town.PASSWORD,
        Actor.SYSTEM,
        RequestOrigin.NONE);
    Caller tuan = town.logIns.logIn("tuan", Town.PASSWORD, null, "", Town.HERE).caller();
    Instant now = town.clock.instant();

    assertThat(tuan.may(Permission.EVIDENCE, AT_GATE, now, "police")).isTrue();
    assertThat(tuan.may(Permission.EVIDENCE, AT_GATE, now, "fire")).isFalse();
    assertThat(tuan.may(Permission.EVIDENCE, AT_GATE, now, null)).isFalse();
    assertThat(tuan.may(Permission.LIVE)).isFalse();
    assertThat(tuan.reach(Permission.EVIDENCE, List.of()))
        .containsExactly(new Reach(null, null, Set.of("police")));
    assertThat(of("without", Grant.of(Role.AGENCY_OFFICER)).permissions()).isEmpty();
  }

  @Test
  void anonymousMayNothing() {
    for (Permission permission : Permission.values()) {
      assertThat(Caller.ANONYMOUS.may(permission)).isFalse();
      assertThat(Caller.ANONYMOUS.may(permission, AT_GATE)).isFalse();
    }
    assertThat(Caller.ANONYMOUS.valid()).isFalse();
  }
}
