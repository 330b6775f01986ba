package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.analytics.alert.Alert;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.Api;
import io.kydai.console.http.LoggedIn;
import io.kydai.console.reports.Alerts;
import io.kydai.console.reports.Report;
import io.kydai.console.users.Grant;
import io.kydai.console.users.Role;
import io.kydai.console.users.Scope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportApiTest {
  private static final String CLIP = "0123456789";

  @TempDir Path folder;
  private DeskServer desk;
  private Api api;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
    api = desk.api;
  }

  @AfterEach
  void stop() throws Exception {
    desk.close();
  }

  @Test
  void aReportGoesOverTheDesk() throws Exception {
    Report report = desk.receive("a1", "clip.mp4", CLIP);
    String path = "/api/v1/reports/" + report.id();
    try (Api.Listener events = api.listen("/api/v1/events", "EventMessage")) {
      events.await(message -> message.get("event").asText().equals("hello"));

      api.json("POST", path + "/verify", "{}").expect(200);
      assertThat(events.await(ReportApiTest::isNews).at("/report/state").asText())
          .isEqualTo("verified");
      JsonNode assigned =
          api.json("POST", path + "/assign", "{\"agency\": \"Đội trật tự\"}").expect(200).json();

      assertThat(texts(assigned.get("actions")))
          .containsExactly("accept", "resolve", "return", "reopen");
      assertThat(assigned.get("agency").asText()).isEqualTo("Đội trật tự");
      api.json("POST", path + "/resolve", "{\"reason\": \"done\"}").expect(200);
      JsonNode whole = api.get(path).expect(200).json();
      assertThat(whole.get("state").asText()).isEqualTo("resolved");
      assertThat(texts(whole.get("actions"))).containsExactly("close", "reopen");
      assertThat(whole.get("history").findValuesAsText("state"))
          .containsExactly("received", "verified", "assigned", "resolved");
    }
  }

  @Test
  void aReportGoesThroughEveryState() throws Exception {
    Report report = desk.receive("a1", "clip.mp4", CLIP);
    String path = "/api/v1/reports/" + report.id();
    api.json("POST", path + "/reject", "{\"reason\": \"a dog\"}").expect(200);
    api.json("POST", path + "/reopen", "{\"reason\": \"a man\"}").expect(200);
    api.json("POST", path + "/verify", "{}").expect(200);
    api.json("POST", path + "/assign", "{\"agency\": \"Ward 1\"}").expect(200);
    api.json("POST", path + "/return", "{\"reason\": \"not ours\"}").expect(200);
    api.json("POST", path + "/assign", "{\"agency\": \"Ward 2\"}").expect(200);
    api.json("POST", path + "/accept", "{}").expect(200);
    assertThat(field(path + "/progress", "{}")).isEqualTo("reason");
    api.json("POST", path + "/progress", "{\"reason\": \"on the way\"}").expect(200);
    api.json("POST", path + "/resolve", "{}").expect(200);
    JsonNode closed = api.json("POST", path + "/close", "{}").expect(200).json();

    assertThat(closed.get("agency").asText()).isEqualTo("Ward 2");
    assertThat(closed.get("version").asInt()).isEqualTo(11);
    assertThat(closed.get("history").findValuesAsText("state"))
        .containsExactly(
            "received",
            "rejected",
            "received",
            "verified",
            "assigned",
            "returned",
            "assigned",
            "in-progress",
            "in-progress",
            "resolved",
            "closed");
    assertThat(closed.get("history").findValuesAsText("action"))
        .containsExactly(
            "reject",
            "reopen",
            "verify",
            "assign",
            "return",
            "assign",
            "accept",
            "progress",
            "resolve",
            "close");
    JsonNode again =
        api.json("POST", path + "/reopen", "{\"reason\": \"again\"}").expect(200).json();
    assertThat(again.has("agency")).isFalse();
  }

  @Test
  void theSecondOfTwoReviewersIsToldWhoWasFaster() throws Exception {
    Report report = desk.receive("a1", "clip.mp4", CLIP);
    String path = "/api/v1/reports/" + report.id();
    int version = api.get(path).expect(200).json().get("version").asInt();
    api.json("POST", path + "/verify", "{\"version\": %d}".formatted(version)).expect(200);
    // A rejection would be allowed in the new state, and would overwrite what was decided.
    String late = "{\"reason\": \"a dog\", \"version\": %d}".formatted(version);
    String detail =
        api.json("POST", path + "/reject", late).expect(409).json().get("detail").asText();

    assertThat(detail)
        .contains("operator (verify) at 20", "version 1", "version 2", "nothing was overwritten");
    assertThat(api.get(path).json().get("state").asText()).isEqualTo("verified");
    api.json("POST", path + "/reject", late.replace(": 1}", ": 2}")).expect(200);
  }

  @Test
  void ofReviewersWhoDecideAtTheSameMomentOneWins() throws Exception {
    ExecutorService people = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 10; round++) {
        Report report = desk.receive("a" + round, "clip.mp4", CLIP);
        String path = "/api/v1/reports/" + report.id();
        CyclicBarrier together = new CyclicBarrier(4);
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          String action = i % 2 == 0 ? "/verify" : "/reject";
          String reason = i % 2 == 0 ? "" : "\"reason\": \"no %d\", ".formatted(i);
          answers.add(
              people.submit(
                  () -> {
                    together.await();
                    return api.json("POST", path + action, "{" + reason + "\"version\": 1}")
                        .status();
                  }));
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> answer : answers) {
          statuses.add(answer.get());
        }
        assertThat(statuses).containsExactlyInAnyOrder(200, 409, 409, 409);
        JsonNode after = api.get(path).expect(200).json();
        assertThat(after.get("version").asInt()).isEqualTo(2);
        assertThat(after.get("history")).hasSize(2);
      }
    } finally {
      people.shutdownNow();
    }
  }

  @Test
  void whoHasAReportOpenIsTold() throws Exception {
    Report report = desk.receive("a1", "clip.mp4", CLIP);
    String path = "/api/v1/reports/" + report.id() + "/claim";
    desk.directory.add(
        "lan",
        "Lan",
        null,
        List.of(new Grant(Role.REVIEWER, Scope.EVERYTHING, null, null)),
        LoggedIn.PASSWORD,
        Actor.SYSTEM,
        RequestOrigin.NONE);
    String lan = LoggedIn.cookie(desk.address, "lan");
    Api other = new Api(desk.address, "");
    try (Api.Listener events = api.listen("/api/v1/events", "EventMessage")) {
      events.await(message -> message.get("event").asText().equals("hello"));
      other.send("PUT", path, "{}", "Content-Type", "application/json", "Cookie", lan).expect(200);
      assertThat(events.await(ReportApiTest::isNews).at("/claim/holder").asText()).isEqualTo("lan");
      JsonNode claims = api.get("/api/v1/claims").expect(200).json().get("claims");
      assertThat(claims.findValuesAsText("report")).containsExactly(report.id().value());
      assertThat(api.json("PUT", path, "{}").expect(409).json().get("detail").asText())
          .startsWith("lan has this report open");
      api.json("PUT", path, "{\"take-over\": true}").expect(200);
      assertThat(events.await(ReportApiTest::isNews).at("/claim/holder").asText())
          .isEqualTo("operator");
      api.delete(path).expect(204);
      assertThat(events.await(ReportApiTest::isNews).get("event").asText()).isEqualTo("released");
      assertThat(api.get("/api/v1/claims").json().get("claims")).isEmpty();
    }
  }

  /** Heartbeats come each second, whatever happens. */
  private static boolean isNews(JsonNode message) {
    return !message.get("event").asText().equals("heartbeat");
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  @Test
  void aReportSaysWhichActionsItsStateAllowsAlsoInListsAndEvents() throws Exception {
    Report report = desk.receive("a1", "clip.mp4", CLIP);
    JsonNode listed = api.get("/api/v1/reports").expect(200).json().at("/reports/0/actions");
    assertThat(texts(listed)).containsExactly("verify", "reject");
    try (Api.Listener events = api.listen("/api/v1/events", "EventMessage")) {
      events.await(message -> message.get("event").asText().equals("hello"));
      api.json("POST", "/api/v1/reports/" + report.id() + "/verify", "{}").expect(200);
      JsonNode heard = events.await(message -> message.at("/report/actions").isArray());
      assertThat(texts(heard.at("/report/actions"))).containsExactly("assign", "reject", "reopen");
    }
  }

  @Test
  void aPlateIsOnTheReportWithItsConfidenceAndAbsentBefore() throws Exception {
    Report report = desk.receive("a1", "clip.mp4", CLIP);
    String path = "/api/v1/reports/" + report.id();
    assertThat(api.get(path).expect(200).json().has("plates")).isFalse();
    try (Api.Listener events = api.listen("/api/v1/events", "EventMessage")) {
      events.await(message -> message.get("event").asText().equals("hello"));
      desk.reports.update(
          Alerts.read(DeskServer.alert("a1").with(Alert.Phase.UPDATED, List.of()), "51F12345", 1));
      JsonNode heard = events.await(message -> message.at("/report/plates").isArray());
      assertThat(heard.at("/report/plates/0/text").asText()).isEqualTo("51F12345");
    }
    JsonNode plate = api.get(path).expect(200).json().get("plates").get(0);
    assertThat(plate.get("confidence").asDouble()).isEqualTo(1);
    assertThat(plate.get("votes").asInt()).isEqualTo(3);
    assertThat(plate.get("frames").asInt()).isEqualTo(4);
    assertThat(plate.get("format").asText()).isEqualTo("VN");
  }

  @Test
  void whatTheStateDoesNotAllowIsAConflict() throws Exception {
    Report report = desk.receive("a1", "clip.mp4", CLIP);
    String path = "/api/v1/reports/" + report.id();

    api.json("POST", path + "/resolve", "{}").expect(409);
    api.json("POST", path + "/reject", "{\"reason\": \"a dog\"}").expect(200);
    api.json("POST", path + "/verify", "{}").expect(409);
  }

  @Test
  void whatIsMissingOrUnknownIsNamed() throws Exception {
    Report report = desk.receive("a1", "clip.mp4", CLIP);
    String path = "/api/v1/reports/" + report.id();

    assertThat(field(path + "/reject", "{}")).isEqualTo("reason");
    assertThat(field(path + "/reject", "{\"reason\": \"  \"}")).isEqualTo("reason");
    assertThat(field(path + "/reject", "{\"reason\": 7}")).isEqualTo("reason");
    assertThat(field(path + "/reject", "{\"reason\": \"" + "x".repeat(2_001) + "\"}"))
        .isEqualTo("reason");
    assertThat(field(path + "/reject", "{\"reasons\": \"x\"}")).isEqualTo("reasons");
    api.json("POST", path + "/verify", "{}").expect(200);
    assertThat(field(path + "/assign", "{}")).isEqualTo("agency");
    api.json("POST", "/api/v1/reports/01ARZ3NDEKTSV4RRFFQ69G5FAV/verify", "{}").expect(404);
  }

  private String field(String path, String body) throws Exception {
    return api.json("POST", path, body).expect(400).json().get("field").asText();
  }

  @Test
  void pagesHoldEachReportOnce() throws Exception {
    for (int i = 0; i < 5; i++) {
      desk.receive("a" + i, "clip.mp4", CLIP);
    }
    Set<String> ids = new LinkedHashSet<>();
    String next = "";
    int pages = 0;
    do {
      JsonNode page =
          api.get("/api/v1/reports?limit=2" + (next.isEmpty() ? "" : "&cursor=" + next))
              .expect(200)
              .json();
      page.get("reports").forEach(report -> ids.add(report.get("id").asText()));
      next = page.path("next").asText();
      pages++;
    } while (!next.isEmpty());

    assertThat(ids).hasSize(5);
    assertThat(pages).isEqualTo(3);
    assertThat(
            api.get("/api/v1/reports?camera=gate&type=crowding&state=received")
                .json()
                .get("reports"))
        .hasSize(5);
    assertThat(api.get("/api/v1/reports?state=in-progress").expect(200).json().get("reports"))
        .isEmpty();
    assertThat(api.get("/api/v1/reports?since=2999-01-01T00:00:00Z").json().get("reports"))
        .isEmpty();
  }

  @Test
  void evidenceComesWholeOrInParts() throws Exception {
    Report report = desk.receive("a1", "clip.mp4", CLIP);
    String path = "/api/v1/reports/" + report.id() + "/evidence/clip.mp4";
    assertThat(api.get("/api/v1/reports/" + report.id()).json().at("/evidence/0/href").asText())
        .isEqualTo(path);

    Api.Answer whole = api.get(path).expect(200);
    assertThat(new String(whole.body(), "UTF-8")).isEqualTo(CLIP);
    assertThat(whole.contentType()).isEqualTo("video/mp4");
    assertThat(whole.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(whole.header("Accept-Ranges")).isEqualTo("bytes");

    Api.Answer part = api.get(path, "Range", "bytes=2-4").expect(206);
    assertThat(new String(part.body(), "UTF-8")).isEqualTo("234");
    assertThat(part.header("Content-Range")).isEqualTo("bytes 2-4/10");

    api.get(path, "Range", "bytes=10-").expect(416);
    api.get(path, "If-None-Match", whole.header("ETag")).expect(304);
    api.get(path, "Range", "bytes=2-4", "If-Range", "\"other\"").expect(200);
    Api.Answer head = api.send("HEAD", path, "").expect(200);
    assertThat(head.header("Content-Length")).isEqualTo("10");
  }

  @Test
  void onlyTheReportsOwnEvidenceIsThere() throws Exception {
    Report report = desk.receive("a1", "clip.mp4", CLIP);
    String path = "/api/v1/reports/" + report.id() + "/evidence/";

    api.get(path + "other.mp4").expect(404);
    api.get(path + "..%2F..%2Fkydai.db").expect(404);
    api.get("/api/v1/reports/01ARZ3NDEKTSV4RRFFQ69G5FAV/evidence/clip.mp4").expect(404);
  }
}
