package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.http.Api;
import io.kydai.console.http.LoggedIn;
import io.kydai.console.reports.Report;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the contract documents of operations that no other test of the API calls with success. */
class DocumentedAnswersTest {
  @TempDir Path folder;
  private DeskServer desk;
  private Api api;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
    api = desk.api;
    api.json("POST", "/api/v1/cameras", "{\"id\": \"gate\", \"url\": \"rtsp://127.0.0.1:1/gate\"}")
        .expect(201);
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  @Test
  void accountsTokensAndSessionsComeAndGo() throws Exception {
    String account =
        "{\"name\": \"lan\", \"password\": \"%s\", \"grants\": []}".formatted(LoggedIn.PASSWORD);
    String id = api.json("POST", "/api/v1/accounts", account).expect(201).json().get("id").asText();
    api.json("POST", "/api/v1/accounts", account).expect(409);
    api.get("/api/v1/accounts/" + id).expect(200);
    String replacement =
        "{\"display-name\": \"Lan\", \"enabled\": true, \"grants\": [], \"version\": %d}";
    int version =
        api.json("PUT", "/api/v1/accounts/" + id, replacement.formatted(1))
            .expect(200)
            .json()
            .get("version")
            .asInt();
    api.json("PUT", "/api/v1/accounts/" + id, replacement.formatted(version + 1)).expect(409);
    String password = "{\"password\": \"%s\"}";
    api.json(
            "PUT",
            "/api/v1/accounts/" + id + "/password",
            password.formatted("cầu Trường Tiền sáu vài mười hai nhịp"))
        .expect(204);

    JsonNode token =
        api.json(
                "POST",
                "/api/v1/tokens",
                "{\"name\": \"a\", \"permissions\": [\"live\"], \"on\": {\"all\": true}}")
            .expect(201)
            .json();
    api.delete("/api/v1/tokens/" + token.at("/token/id").asText()).expect(204);

    Api admin = Api.withCookie(desk.address, LoggedIn.cookie(desk.address));
    LoggedIn.cookie(desk.address);
    String own = admin.get("/api/v1/session").expect(200).json().at("/account/id").asText();
    assertThat(admin.delete("/api/v1/accounts/" + own).expect(400).json().get("detail").asText())
        .isNotBlank();
    JsonNode sessions = admin.get("/api/v1/sessions").expect(200).json().get("sessions");
    assertThat(sessions).hasSize(2);
    for (JsonNode session : sessions) {
      if (!session.path("current").asBoolean()) {
        admin.delete("/api/v1/sessions/" + session.get("id").asText()).expect(204);
      }
    }
    assertThat(admin.get("/api/v1/sessions").expect(200).json().get("sessions")).hasSize(1);
  }

  @Test
  void aReportFollowsAnotherAndStandsAloneAgain() throws Exception {
    Report one = desk.receive("01JAAAAAAAAAAAAAAAAAAAAAA1", "a.jpg", "a");
    Report two = desk.receive("01JAAAAAAAAAAAAAAAAAAAAAA2", "b.jpg", "b");
    String path = "/api/v1/reports/" + two.id();
    api.get(path + "/duplicates").expect(200);
    api.delete(path + "/parent").expect(409);
    api.json("PUT", path + "/parent", "{\"parent\": \"" + one.id() + "\"}").expect(200);
    assertThat(api.delete(path + "/parent").expect(200).json().has("parent")).isFalse();
  }

  @Test
  void theClockOfAReportStandsAndRunsAgain() throws Exception {
    api.json(
            "PUT",
            "/api/v1/desk/deadlines",
            """
            {"version": 0, "zone": "UTC", "calendars": [], "rules": [{"id": "r", "stage": "check",
             "within": "PT1H", "remind": "PT0S", "escalate": "PT0S", "source": "", "verified": false}]}
            """)
        .expect(200);
    Report report = desk.receive("01JAAAAAAAAAAAAAAAAAAAAAA1", "a.jpg", "a");
    String clock = "/api/v1/reports/" + report.id() + "/clock-pause";
    api.json("PUT", clock, "{\"reason\": \"waits for who told of it\"}").expect(200);
    api.delete(clock).expect(200);
  }

  @Test
  void statisticsAreExportedAndRulesOfDuplicatesReplaced() throws Exception {
    assertThat(
            api.get(
                    "/api/v1/statistics/export?from=2026-11-22T00:00:00Z"
                        + "&to=2026-11-23T00:00:00Z&step=60")
                .expect(200)
                .contentType())
        .startsWith("text/csv");
    api.json(
            "PUT",
            "/api/v1/desk/duplicates",
            "{\"version\": 0, \"rules\": [{\"metres\": 100, \"window\": \"PT5M\"}]}")
        .expect(200);
  }
}
