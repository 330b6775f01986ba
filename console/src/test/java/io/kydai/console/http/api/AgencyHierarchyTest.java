package io.kydai.console.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.Api;
import io.kydai.console.http.LoggedIn;
import io.kydai.console.reports.Report;
import io.kydai.console.users.Grant;
import io.kydai.console.users.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Officers of an agency that stands above others: what they see, and what they may do. */
class AgencyHierarchyTest {
  private static final String REPORTS = "/api/v1/reports";

  /** Whose reports an officer of each agency sees. */
  private static final Map<String, Set<String>> SEEN =
      Map.of(
          "province", Set.of("province", "csgt", "team-1", "team-2", "fire"),
          "csgt", Set.of("csgt", "team-1", "team-2"),
          "team-1", Set.of("team-1"),
          "team-2", Set.of("team-2"),
          "fire", Set.of("fire"));

  /** What those operations need that are not content with nothing. */
  private static final Map<String, String> BODIES =
      Map.of(
          "rejectReport", "{\"reason\": \"x\"}",
          "assignReport", "{\"agency\": \"fire\"}",
          "progressReport", "{\"reason\": \"x\"}",
          "returnReport", "{\"reason\": \"x\"}",
          "reopenReport", "{\"reason\": \"x\"}",
          "closeReport", "{\"reason\": \"x\"}",
          "addComment", "{\"text\": \"x\"}",
          "removeAttachment", "{\"reason\": \"x\"}",
          "pauseClock", "{\"reason\": \"x\"}",
          "mergeReport", "{\"parent\": \"01JAAAAAAAAAAAAAAAAAAAAAAA\"}");

  @TempDir Path folder;
  private DeskServer desk;
  private final Map<String, Api> officers = new HashMap<>();
  private final Map<String, Report> reports = new HashMap<>();

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
    agencies(0, "csgt");
    desk.api
        .json(
            "PUT",
            "/api/v1/desk/deadlines",
            """
            {"version": 0, "zone": "Asia/Ho_Chi_Minh", "calendars": [], "rules": [
              {"id": "handle", "stage": "handle", "within": "PT0.001S", "remind": "PT0S",
               "escalate": "P1D", "source": "a test", "verified": false}]}
            """)
        .expect(200);
    for (String agency : SEEN.keySet()) {
      desk.directory.add(
          "officer-" + agency,
          agency,
          agency,
          List.of(Grant.of(Role.AGENCY_OFFICER)),
          LoggedIn.PASSWORD,
          Actor.SYSTEM,
          RequestOrigin.NONE);
      officers.put(agency, Api.withCookie(desk.address, cookie(agency)));
      reports.put(agency, assigned(agency, agency));
    }
    desk.receive("unassigned", "unassigned.jpg", "picture");
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  /** Sets the agencies; the team is moved by its parent. */
  private void agencies(int version, String parentOfTeam) throws Exception {
    desk.api
        .json(
            "PUT",
            "/api/v1/desk/agencies",
            """
            {"version": %d, "agencies": [{"id": "province", "name": "Tỉnh"},
              {"id": "csgt", "name": "CSGT", "parent": "province"},
              {"id": "team-1", "name": "Đội 1", "parent": "%s"},
              {"id": "team-2", "name": "Đội 2", "parent": "csgt"},
              {"id": "fire", "name": "PCCC", "parent": "province"}]}
            """
                .formatted(version, parentOfTeam))
        .expect(200);
  }

  private String cookie(String agency) throws Exception {
    return LoggedIn.cookie(desk.address, "officer-" + agency);
  }

  private Report assigned(String alert, String agency) throws Exception {
    Report report = desk.receive(alert, alert + ".jpg", "picture");
    desk.api.json("POST", of(report) + "/verify", "{}").expect(200);
    desk.api.json("POST", of(report) + "/assign", "{\"agency\": \"" + agency + "\"}").expect(200);
    return report;
  }

  private static String of(Report report) {
    return REPORTS + "/" + report.id();
  }

  private Set<String> agenciesOf(String viewer, String path, String array) throws Exception {
    JsonNode found = officers.get(viewer).get(path).expect(200).json().get(array);
    return new TreeSet<>(found.findValuesAsText("agency"));
  }

  /** Fails unless an officer sees the reports of those agencies, everywhere, and no others. */
  private void sees(String viewer, Set<String> expected) throws Exception {
    Instant day = Instant.now().truncatedTo(ChronoUnit.DAYS);
    Map<String, String> lists =
        Map.of(
            REPORTS + "?limit=50",
            "reports",
            REPORTS + "?state=assigned&agency=" + viewer + "&below=true",
            "reports",
            "/api/v1/search",
            "reports",
            "/api/v1/desk/late",
            "reports",
            "/api/v1/desk/statistics?from=%s&to=%s".formatted(day, day.plus(Duration.ofDays(1))),
            "agencies");
    for (Map.Entry<String, String> list : lists.entrySet()) {
      assertThat(agenciesOf(viewer, list.getKey(), list.getValue()))
          .as("%s to %s", list.getKey(), viewer)
          .isEqualTo(new TreeSet<>(expected));
    }
    assertThat(agenciesOf(viewer, REPORTS + "?agency=" + viewer, "reports"))
        .isEqualTo(Set.of(viewer));
    for (String agency : reports.keySet()) {
      String report = of(reports.get(agency));
      int status = expected.contains(agency) ? 200 : 404;
      Api api = officers.get(viewer);
      api.get(report).expect(status);
      api.get(report + "/evidence/" + agency + ".jpg").expect(status);
      api.get(report + "/attachments").expect(status);
      api.json("POST", report + "/comments", "{\"text\": \"seen\"}")
          .expect(status == 200 ? 201 : 404);
    }
  }

  @Test
  void anOfficerSeesAndActsOnTheReportsOfTheAgenciesBelowAndNoOthers() throws Exception {
    for (Map.Entry<String, Set<String>> one : SEEN.entrySet()) {
      sees(one.getKey(), one.getValue());
    }
    Api csgt = officers.get("csgt");
    csgt.json("POST", of(reports.get("team-1")) + "/accept", "{}").expect(200);
    csgt.json("POST", of(reports.get("fire")) + "/accept", "{}").expect(404);
    csgt.json("POST", of(reports.get("province")) + "/accept", "{}").expect(404);
    JsonNode after = desk.api.get(of(reports.get("team-1"))).expect(200).json();
    assertThat(after.get("state").asText()).isEqualTo("in-progress");
    assertThat(after.get("agency").asText()).as("it stays with its agency").isEqualTo("team-1");
    officers.get("team-1").json("POST", of(reports.get("team-1")) + "/resolve", "{}").expect(200);
  }

  @Test
  void noOperationOnAReportReachesThatOfAnotherAgency() throws Exception {
    Report foreign = reports.get("team-1");
    desk.api
        .send(
            "POST",
            of(foreign) + "/attachments",
            "%PDF-1.7 theirs",
            "Content-Type",
            "application/octet-stream")
        .expect(201);
    String attachment =
        desk.api.get(of(foreign) + "/attachments").json().at("/attachments/0/id").asText();
    JsonNode before = desk.api.get(of(foreign)).json();
    Api fire = officers.get("fire");
    int tried = 0;
    for (Map.Entry<String, JsonNode> path : new Contract().document().get("paths").properties()) {
      if (!path.getKey().startsWith(REPORTS + "/{id}")) {
        continue;
      }
      for (Map.Entry<String, JsonNode> one : path.getValue().properties()) {
        String operation = one.getValue().path("operationId").asText();
        if (operation.isEmpty()) {
          continue;
        }
        String asked =
            path.getKey()
                .replace("{id}", foreign.id().value())
                .replace("{name}", "team-1.jpg")
                .replace("{attachment}", attachment);
        String method = one.getKey().toUpperCase(Locale.ROOT);
        Api.Answer answer =
            operation.equals("addAttachment")
                ? fire.send(
                    method, asked, "%PDF-1.7 ours", "Content-Type", "application/octet-stream")
                : method.equals("GET")
                    ? fire.get(asked)
                    : fire.json(method, asked, BODIES.getOrDefault(operation, "{}"));
        assertThat(answer.status())
            .as("%s: %s", operation, new String(answer.body(), UTF_8))
            .isIn(403, 404);
        assertThat(new String(answer.body(), UTF_8)).doesNotContain("team-1", "Đội 1");
        tried++;
      }
    }
    assertThat(tried).isGreaterThan(20);
    String own = reports.get("fire").id().value();
    fire.json(
            "POST",
            "/api/v1/decisions",
            """
            {"action": "accept", "reports": [{"id": "%s", "version": 3},
              {"id": "%s", "version": 3}]}
            """
                .formatted(own, foreign.id()))
        .expect(403);
    assertThat(desk.api.get(REPORTS + "/" + own).json().get("state").asText())
        .as("of several together none is done")
        .isEqualTo("assigned");
    assertThat(desk.api.get(of(foreign)).json()).isEqualTo(before);
    assertThat(desk.api.get(of(foreign) + "/comments").json().get("comments")).isEmpty();
    assertThat(desk.api.get(of(foreign) + "/attachments").json().get("attachments")).hasSize(1);
  }

  @Test
  void anAgencyThatIsMovedTakesItsReportsAlongAtOnce() throws Exception {
    try (Api.Listener csgt = listen("csgt");
        Api.Listener team = listen("team-2")) {
      Report given = assigned("a1", "team-1");
      assertThat(report(csgt)).isEqualTo(given.id().value());
      agencies(1, "fire");
      sees("csgt", Set.of("csgt", "team-2"));
      sees("fire", Set.of("fire", "team-1"));
      sees("province", SEEN.get("province"));
      sees("team-1", SEEN.get("team-1"));
      assertThat(csgt.closed.get(Api.PATIENCE.toSeconds(), TimeUnit.SECONDS)).startsWith("1008");
      // Nothing of others came to it before.
      Report next = assigned("a2", "team-2");
      assertThat(report(team)).isEqualTo(next.id().value());
    }
  }

  private Api.Listener listen(String agency) throws Exception {
    Api.Listener listener =
        new Api(desk.address, "").listen("/api/v1/events", "EventMessage", cookie(agency));
    listener.await(message -> message.get("event").asText().equals("hello"));
    return listener;
  }

  private static String report(Api.Listener listener) throws Exception {
    return listener
        .await(message -> message.get("event").asText().equals("report"))
        .at("/report/id")
        .asText();
  }
}
