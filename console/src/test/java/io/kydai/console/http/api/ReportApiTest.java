package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.analytics.alert.Alert;
import io.kydai.console.http.Api;
import io.kydai.console.reports.Alerts;
import io.kydai.console.reports.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
      assertThat(events.await(message -> true).at("/report/state").asText()).isEqualTo("verified");
      JsonNode assigned =
          api.json("POST", path + "/assign", "{\"agency\": \"Đội trật tự\"}").expect(200).json();

      assertThat(texts(assigned.get("actions"))).containsExactly("resolve");
      assertThat(assigned.get("agency").asText()).isEqualTo("Đội trật tự");
      api.json("POST", path + "/resolve", "{\"reason\": \"done\"}").expect(200);
      JsonNode whole = api.get(path).expect(200).json();
      assertThat(whole.get("state").asText()).isEqualTo("resolved");
      assertThat(whole.get("actions")).isEmpty();
      assertThat(whole.get("history").findValuesAsText("state"))
          .containsExactly("received", "verified", "assigned", "resolved");
    }
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
      assertThat(texts(heard.at("/report/actions"))).containsExactly("assign", "reject");
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
