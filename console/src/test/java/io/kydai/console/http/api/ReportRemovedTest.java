package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.Api;
import io.kydai.console.http.LoggedIn;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportState;
import io.kydai.console.users.Area;
import io.kydai.console.users.Grant;
import io.kydai.console.users.Role;
import io.kydai.console.users.Scope;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a listener may no longer see is taken from it, and only from it. */
class ReportRemovedTest {
  private static final String GROUPED =
      "{\"id\": \"gate\", \"url\": \"rtsp://127.0.0.1/\", \"groups\": [\"%s\"]}";

  @TempDir Path folder;
  private DeskServer desk;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
    desk.api.json("POST", "/api/v1/cameras", GROUPED.formatted("west")).expect(201);
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  private Api.Listener listen(String name, String agency, Grant... grants) throws Exception {
    desk.directory.add(
        name, name, agency, List.of(grants), LoggedIn.PASSWORD, Actor.SYSTEM, RequestOrigin.NONE);
    Api.Listener listener =
        new Api(desk.address, "")
            .listen("/api/v1/events", "EventMessage", LoggedIn.cookie(desk.address, name));
    next(listener, "hello");
    return listener;
  }

  /** The next message, which must be of that event. */
  private static JsonNode next(Api.Listener listener, String event) throws Exception {
    JsonNode message =
        listener.await(any -> !Set.of("camera", "heartbeat").contains(any.get("event").asText()));
    assertThat(message.get("event").asText()).as("%s", message).isEqualTo(event);
    return message;
  }

  private static Grant officer() {
    return Grant.of(Role.AGENCY_OFFICER);
  }

  /** A step by which an agency gets a report, perhaps from another. */
  private void give(Report report, String before, String agency) {
    Report given =
        new Report(
            report.id(),
            report.origin(),
            new Report.Handling(
                ReportState.ASSIGNED,
                agency,
                report.handling().version(),
                report.handling().incident(),
                report.handling().parent(),
                report.handling().dueAt(),
                null),
            report.times(),
            report.participants(),
            report.finding(),
            report.evidence(),
            List.of());
    desk.events.onAssigned(given, before);
    desk.events.onReport(given);
  }

  @Test
  void aReportThatIsGivenToAnotherAgencyLeavesTheFirst() throws Exception {
    Report report = desk.receive("01JAAAAAAAAAAAAAAAAAAAAAA1", "a.jpg", "picture");
    Report other = desk.receive("01JAAAAAAAAAAAAAAAAAAAAAA2", "b.jpg", "picture");
    try (Api.Listener police = listen("police", "Police", officer());
        Api.Listener fire = listen("fire", "Fire", officer());
        Api.Listener reviewer = listen("reviewer", null, Grant.of(Role.REVIEWER))) {
      give(report, "Police", "Fire");
      assertThat(next(police, "report-removed").get("id").asText()).isEqualTo(report.id().value());
      assertThat(next(fire, "report").at("/report/id").asText()).isEqualTo(report.id().value());
      assertThat(next(reviewer, "report").at("/report/id").asText()).isEqualTo(report.id().value());

      // The next that each hears of is another report: nothing leaked in between.
      give(other, null, "Police");
      assertThat(next(police, "report").at("/report/id").asText()).isEqualTo(other.id().value());
      give(other, "Police", "Fire");
      assertThat(next(fire, "report").at("/report/id").asText()).isEqualTo(other.id().value());
      assertThat(next(police, "report-removed").get("id").asText()).isEqualTo(other.id().value());
    }
  }

  @Test
  void theReportsOfACameraThatLeavesAGroupLeaveThoseOfTheGroup() throws Exception {
    Grant west =
        new Grant(Role.OPERATOR, new Scope(false, Set.of(), Set.of("west"), Set.of()), null, null);
    try (Api.Listener some = listen("some", null, west);
        Api.Listener all = listen("all", null, Grant.of(Role.OPERATOR))) {
      desk.api.json("PUT", "/api/v1/cameras/gate", GROUPED.formatted("east")).expect(200);
      assertThat(next(some, "camera-removed").get("id").asText()).isEqualTo("gate");
      assertThat(next(some, "reports-removed").get("camera").asText()).isEqualTo("gate");
      Report report = desk.receive("01JAAAAAAAAAAAAAAAAAAAAAA1", "a.jpg", "picture");
      assertThat(next(all, "report").at("/report/id").asText()).isEqualTo(report.id().value());
    }
  }

  @Test
  void aListenerWhoseAreaIsChangedHasToReadTheListsAnew() throws Exception {
    Area.Corner[] corners = {
      new Area.Corner(0, 0), new Area.Corner(0, 1), new Area.Corner(1, 1), new Area.Corner(2, 0)
    };
    putArea(corners[0], corners[1], corners[2]);
    Grant there =
        new Grant(Role.OPERATOR, new Scope(false, Set.of(), Set.of(), Set.of("there")), null, null);
    try (Api.Listener some = listen("some", null, there);
        Api.Listener all = listen("all", null, Grant.of(Role.OPERATOR))) {
      putArea(corners[0], corners[1], corners[3]);
      assertThat(some.closed.get(Api.PATIENCE.toSeconds(), TimeUnit.SECONDS)).startsWith("1008");
      assertThat(all.closed).isNotDone();
    }
  }

  private void putArea(Area.Corner... corners) {
    desk.directory.putArea(
        new Area("there", "There", List.of(corners)), Actor.SYSTEM, RequestOrigin.NONE);
  }
}
