package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.flow.LaneSuggestion;
import io.kydai.analytics.flow.Suggestions;
import io.kydai.analytics.rules.counting.CountsJson;
import io.kydai.analytics.rules.counting.LineCounts;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.analytics.rules.counting.Movements;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Zone;
import io.kydai.console.config.camera.SuggestionsJson;
import io.kydai.console.http.Api;
import io.kydai.console.http.answer.Json;
import io.kydai.console.http.api.camera.CountsAnswer;
import io.kydai.console.http.api.desk.AlertAnswer;
import io.kydai.console.reports.Alerts;
import io.kydai.console.reports.Report;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The texts of answers, character by character: the order of keys and the form of numbers stay as
 * they are when the records behind them change.
 */
class AnswerTextTest {
  private static final String GATE =
      """
      {"id": "gate", "name": "Cổng", "url": "rtsp://viewer:s3cret@127.0.0.1:1/gate",
       "place": {"lat": 16.46, "lon": 107, "address": "Huế"},
       "purpose": "safety", "retention-days": 7, "analysis": {"priority": "low", "idle-fps": 0.5},
       "scene": {"lines": [{"id": "v", "from": [0.5, 0], "to": [0.5, 1]}],
                 "zones": [{"id": "square", "polygon": [[0.1, 0.1], [0.9, 0.1], [0.5, 0.9]],
                            "use": "lane", "direction": [[0.5, 0.9], [0.5, 0.1]]}]},
       "rules": [{"id": "c", "type": "line-count", "line": "v"},
                 {"id": "i", "type": "intrusion", "zone": "square", "classes": ["person"],
                  "schedule": ["mon-fri 22:00-05:00"], "for": 1.5}]}
      """;
  private static final String SHOWN =
      """
      {"id":"gate","name":"Cổng","url":"rtsp://127.0.0.1:1/gate","place":{"lat":16.46,"lon":107.0,\
      "address":"Huế"},"purpose":"safety","retention-days":7,"scene":{"lines":[{"id":"v",\
      "from":[0.5,0.0],"to":[0.5,1.0]}],"zones":[{"id":"square","polygon":[[0.1,0.1],[0.9,0.1],\
      [0.5,0.9]],"use":"lane","direction":[[0.5,0.9],[0.5,0.1]]}]},"rules":[{"id":"c",\
      "type":"line-count","line":"v"},{"id":"i","type":"intrusion","classes":["person"],"for":1.5,\
      "schedule":["mon-fri 22:00-05:00"],"zone":"square"}],"analysis":{"priority":"low",\
      "idle-fps":0.5},"version":"e65264c5986ab809","status":{"state":"connecting",\
      "since":"1970-01-01T00:00:00Z","fps-received":0.0,"fps-analysed":0.0,"bitrate":0.0,\
      "reconnects":0,"skipped":0}}""";

  @TempDir Path folder;
  private DeskServer desk;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
  }

  @AfterEach
  void stop() throws Exception {
    desk.close();
  }

  private String get(String path) throws Exception {
    return text(desk.api.get(path).expect(200));
  }

  private static String text(Api.Answer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  @Test
  void cameras() throws Exception {
    try (Api.Listener events = desk.api.listen("/api/v1/events", "EventMessage")) {
      events.await(message -> message.get("event").asText().equals("hello"));
      assertThat(text(desk.api.json("POST", "/api/v1/cameras", GATE).expect(201))).isEqualTo(SHOWN);
      assertThat(events.await(message -> true))
          .hasToString("{\"event\":\"camera\",\"camera\":" + SHOWN + "}");
    }
    assertThat(get("/api/v1/cameras/gate")).isEqualTo(SHOWN);
    assertThat(get("/api/v1/cameras")).isEqualTo("{\"cameras\":[" + SHOWN + "]}");
  }

  @Test
  void counts() throws Exception {
    desk.api.json("POST", "/api/v1/cameras", GATE).expect(201);
    assertThat(get("/api/v1/cameras/gate/counts"))
        .isEqualTo(
            """
            {"camera":"gate","lines":[{"id":"v","forward":4,"backward":2,\
            "by-class":{"car":{"forward":4,"backward":2}},\
            "counts":[{"from":"2026-11-23T07:00:00Z","class":"car","forward":2,"backward":1},\
            {"from":"2026-11-23T07:10:00Z","class":"car","forward":2,"backward":1}]}],\
            "movements":[{"rule":"turns","counts":[{"from":"2026-11-23T07:00:00Z",\
            "origin":"north","destination":"east","class":"car","count":2},\
            {"from":"2026-11-23T07:05:00Z","origin":"north","destination":"east","class":"car",\
            "count":3}]}]}""");
  }

  @Test
  void countsHaveTheKeysOfTheFileThatAnAnalysisWrites() {
    Instant from = Instant.parse("2026-11-23T07:00:00Z");
    LineCounts.Directions once = new LineCounts.Directions(2, 1);
    Measurements measured =
        new Measurements(
            List.of(
                new LineCounts(
                    "v",
                    new TreeMap<>(Map.of("car", once, "bus", new LineCounts.Directions(0, 3))),
                    List.of(new LineCounts.Piece(from, "car", once)))),
            List.of(
                new Movements(
                    RuleId.of("turns"),
                    List.of(new Movements.Count(from, "north", "east", "car", 2)))),
            List.of(),
            List.of());
    assertThat(
            Json.text(
                CountsAnswer.of(
                    new CameraId("gate"), measured, Duration.ofMinutes(5), Instant.EPOCH)))
        .isEqualTo("{\"camera\":\"gate\"," + Json.text(CountsJson.of(measured)).substring(1));
  }

  @Test
  void suggestions() throws Exception {
    desk.api.json("POST", "/api/v1/cameras", GATE).expect(201);
    assertThat(get("/api/v1/cameras/gate/suggestions"))
        .isEqualTo("{\"enough\":false,\"tracks\":0.0,\"needed\":20,\"lanes\":[]}");
    Zone zone =
        new Zone("lane-1", List.of(new Point(0, 0.25), new Point(0.3, 0.25), new Point(0.1, 1)));
    Line line = new Line("lane-1", new Point(0, 0.5), new Point(0.3, 0.5));
    Suggestions lanes =
        new Suggestions(40.04, 20, List.of(new LaneSuggestion(zone, line, 30.06, 0.876)));
    assertThat(SuggestionsJson.of(lanes).text())
        .as("the file that an analysis writes")
        .startsWith("{\n  \"enough\" : true,\n  \"tracks\" : 40.0,\n")
        .contains("\"zone\" : {\n      \"id\" : \"lane-1\",\n      \"polygon\" : [ [ 0.0, 0.25 ],");
    assertThat(Json.text(SuggestionsJson.of(lanes)))
        .isEqualTo(
            """
            {"enough":true,"tracks":40.0,"needed":20,"lanes":[{"zone":{"id":"lane-1",\
            "polygon":[[0.0,0.25],[0.3,0.25],[0.1,1.0]]},"line":{"id":"lane-1","from":[0.0,0.5],\
            "to":[0.3,0.5]},"rule":{"id":"count-lane-1","type":"line-count","line":"lane-1"},\
            "tracks":30.1,"confidence":0.88}]}""");
  }

  @Test
  void reports() throws Exception {
    Report report = desk.receive("a1", "clip.mp4", "0123456789");
    desk.reports.update(
        Alerts.read(
            DeskServer.alert("a1").with(Alert.Phase.CLOSED, List.of()), "51F12345", 0.9519));
    String path = "/api/v1/reports/" + report.id();
    desk.api.json("POST", path + "/verify", "{}").expect(200);
    desk.api
        .json("POST", path + "/assign", "{\"agency\": \"Police\", \"reason\": \"urgent\"}")
        .expect(200);
    String shown =
        """
        {"id":"ID","alert-id":"a1","camera":"gate","rule":"crowd","type":"crowding",\
        "state":"assigned","version":3,"actions":["accept","resolve","return","reopen"],\
        "received-at":"TIME",\
        "started-at":"2026-11-22T08:00:00Z","ended-at":"2026-11-22T08:00:01Z",\
        "reason":"6 people in 'square', at least 5 for 3 s","measures":{"people":6.0,\
        "threshold":5.0},"tracks":[3,7],"plates":[{"text":"51F12345","confidence":0.951,"votes":3,\
        "frames":4,"track":7,"format":"VN"}],"agency":"Police","incident":"ID","evidence":[{"name":"clip.mp4",\
        "media-type":"video/mp4","size":10,\
        "sha256":"84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882",\
        "href":"/api/v1/reports/ID/evidence/clip.mp4"}],"history":[{"at":"TIME",\
        "state":"received","actor":"kydai"},{"at":"TIME","state":"verified","actor":"operator",\
        "action":"verify"},{"at":"TIME","state":"assigned","actor":"operator","reason":"urgent",\
        "agency":"Police","action":"assign"}]}""";
    assertThat(fixed(get(path), report)).isEqualTo(shown);
    assertThat(fixed(get("/api/v1/reports"), report))
        .isEqualTo("{\"reports\":[" + shown.replaceFirst(",\"history\".*", "}") + "]}");
  }

  /** The text with a fixed id, and fixed times where the system's clock gave them. */
  private static String fixed(String text, Report report) {
    return text.replace(report.id().value(), "ID")
        .replaceAll("\"(received-at|at)\":\"[^\"]+\"", "\"$1\":\"TIME\"");
  }

  @Test
  void alerts() {
    Alert alert = Alerts.read(DeskServer.alert("a1"), "51F12345", 0.9519);
    assertThat(Json.text(AlertAnswer.of(alert)))
        .isEqualTo(
            """
            {"id":"a1","camera":"gate","rule":"crowd","type":"crowding","phase":"opened",\
            "start-media-time":90000,"end-media-time":180000,"started-at":"2026-11-22T08:00:00Z",\
            "ended-at":"2026-11-22T08:00:01Z","tracks":[3,7],"reason":"6 people in 'square',\
             at least 5 for 3 s","measures":{"people":6.0,"threshold":5.0},\
            "plates":[{"text":"51F12345","confidence":0.951,"votes":3,"frames":4,"track":7,\
            "format":"VN"}]}""");
  }

  @Test
  void alertsWithAPlaceInThePictureAndNoPlate() {
    Alert alert = Alerts.within(new Box(0.25f, 0.1f, 0.5f, 1.125f), DeskServer.alert("a1"));
    assertThat(Json.text(AlertAnswer.of(alert)))
        .isEqualTo(
            """
            {"id":"a1","camera":"gate","rule":"crowd","type":"crowding","phase":"opened",\
            "start-media-time":90000,"end-media-time":180000,"started-at":"2026-11-22T08:00:00Z",\
            "ended-at":"2026-11-22T08:00:01Z","tracks":[3,7],"region":[0.25,0.1,0.5,1.125],\
            "reason":"6 people in 'square', at least 5 for 3 s",\
            "measures":{"people":6.0,"threshold":5.0}}""");
  }
}
