package io.kydai.console.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEntry;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.Api;
import io.kydai.console.reports.Report;
import io.kydai.console.users.Permission;
import io.kydai.console.users.Scope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditApiTest {
  private static final String GATE =
      """
      {"id": "gate", "url": "rtsp://root:s3cret-word@127.0.0.1:1/gate", "name": "%s",
       "scene": {"zones": [{"id": "head", "polygon": [[0.1, 0.1], [0.2, 0.1], [0.2, 0.4]],
                            "use": "signal"}]}}
      """;

  @TempDir Path folder;
  private DeskServer desk;
  private Api api;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
    api = desk.api;
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  /** Returns the entries of the program's own actions, oldest first, as "type camera details". */
  private List<String> done() {
    desk.groups.save();
    List<String> texts = new ArrayList<>();
    for (AuditEntry entry :
        desk.audit
            .list(new AuditFilter(null, null, "operator", null, null, null, 500, null))
            .entries()) {
      assertThat(entry.actorKind()).isEqualTo("token");
      assertThat(entry.address()).isEqualTo("127.0.0.1");
      texts.add(0, entry.type() + " " + entry.camera() + " " + entry.details().replace("\"", ""));
    }
    return texts;
  }

  @Test
  void changesOfCamerasHaveEntriesWithoutSecrets() throws Exception {
    api.json("POST", "/api/v1/cameras", GATE.formatted("Gate")).expect(201);
    api.json("PUT", "/api/v1/cameras/gate", GATE.formatted("Main gate")).expect(200);
    api.json("PUT", "/api/v1/cameras/gate", GATE.formatted("Main gate")).expect(200);
    api.json(
            "PUT",
            "/api/v1/cameras/gate",
            GATE.formatted("Main gate").replace("s3cret-word", "an0ther-word"))
        .expect(200);
    api.delete("/api/v1/cameras/gate").expect(204);
    List<String> done = done();
    assertThat(done).hasSize(4).noneMatch(one -> one.contains("-word"));
    assertThat(done.get(0))
        .startsWith("camera.added gate {after:{")
        .contains("name:Gate,", "url:rtsp://127.0.0.1:1/gate");
    assertThat(done.get(1))
        .isEqualTo("camera.changed gate {changes:{name:{after:Main gate,before:Gate}}}");
    assertThat(done.get(2)).isEqualTo("camera.changed gate {changes:{},credentials:true}");
    assertThat(done.get(3)).startsWith("camera.removed gate {before:{");
  }

  @Test
  void aRefusedChangeHasNoEntry() throws Exception {
    api.json("POST", "/api/v1/cameras", GATE.formatted("Gate")).expect(201);
    api.json("POST", "/api/v1/cameras", GATE.formatted("Gate")).expect(409);
    api.delete("/api/v1/cameras/door").expect(404);
    assertThat(done()).hasSize(1);
  }

  @Test
  void theReviewOfAReportHasEntries() throws Exception {
    api.json("POST", "/api/v1/cameras", GATE.formatted("Gate")).expect(201);
    Report report = desk.receive("a1", "snapshot.jpg", "picture");
    String path = "/api/v1/reports/" + report.id();
    api.get("/api/v1/reports?state=received&limit=5").expect(200);
    api.get(path).expect(200);
    api.get(path).expect(200);
    api.get(path + "/evidence/snapshot.jpg").expect(200);
    api.json("POST", path + "/verify", "{\"reason\": \"đúng\"}").expect(200);
    api.json("POST", path + "/assign", "{\"agency\": \"Police\"}").expect(200);
    api.json("POST", path + "/verify", "{}").expect(409);
    assertThat(done().subList(1, 3))
        .containsExactly(
            "report.acted gate {action:verify,after:verified,before:received}",
            "report.acted gate {action:assign,after:assigned,agency:Police,before:verified}");
    desk.groups.close();
    assertThat(done().stream().skip(3).map(AuditApiTest::withoutTimes))
        .containsExactlyInAnyOrder(
            "token.used null {count:8}",
            "report.searched null {count:1,filter:{state:received}}",
            "report.viewed gate {count:2}",
            "evidence.viewed gate {count:1,file:snapshot.jpg,sha256:%s}"
                .formatted(report.evidence().get(0).sha256()));
    AuditEntry verified =
        desk.audit
            .list(
                new AuditFilter(null, null, null, AuditEventType.REPORT_ACTED, null, null, 9, null))
            .entries()
            .get(1);
    assertThat(verified.reason()).isEqualTo("đúng");
    assertThat(verified.report()).isEqualTo(report.id().value());
  }

  private static String withoutTimes(String entry) {
    return entry.replaceAll(",?(since|until):[^,}]*", "");
  }

  @Test
  void whatIsViewedOrToldToCamerasHasEntries() throws Exception {
    api.json("POST", "/api/v1/cameras", GATE.formatted("Gate")).expect(201);
    api.json("POST", "/api/v1/cameras", "{\"id\": \"shown\", \"url\": \"rtsp://127.0.0.1/\"}")
        .expect(201);
    api.json("PUT", "/api/v1/cameras/gate/signals/head", "{\"state\": \"red\"}").expect(200);
    api.delete("/api/v1/cameras/gate/heat-map").expect(204);
    api.get("/api/v1/cameras/gate/heat-map.png?over=picture").expect(200);
    api.json(
            "POST",
            "/api/v1/discovery/streams",
            "{\"address\": \"127.0.0.1:1\", \"user\": \"root\", \"password\": \"s3cret-word\"}")
        .expect(504);
    try (Api.Listener live = api.listen("/api/v1/cameras/shown/live", "LiveMessage")) {
      awaitOne(() -> desk.viewers.get() == 1);
      assertThat(live.closed).isNotDone();
    }
    awaitOne(() -> desk.viewers.get() == 0);
    desk.groups.close();
    List<String> done = done();
    assertThat(done).noneMatch(one -> one.contains("-word"));
    assertThat(done.stream().skip(2).map(AuditApiTest::withoutTimes))
        .containsExactlyInAnyOrder(
            "heat-map.forgotten gate {}",
            "discovery.asked null {address:http://127.0.0.1:1/onvif/device_service}",
            "token.used null {count:6}",
            "signal.told gate {count:1,signal:head,state:red}",
            "snapshot.viewed gate {count:1,picture:heat-map}",
            done.stream()
                .filter(one -> one.startsWith("live.viewed shown {ended:true"))
                .map(AuditApiTest::withoutTimes)
                .findFirst()
                .orElseThrow());
  }

  private static void awaitOne(BooleanSupplier wanted) {
    long end = System.nanoTime() + Api.PATIENCE.toNanos();
    while (!wanted.getAsBoolean() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(wanted.getAsBoolean()).isTrue();
  }

  @Test
  void aRefusalHasAnEntry() throws Exception {
    String little =
        desk.directory
            .addToken(
                "little",
                Set.of(Permission.LIVE),
                Scope.EVERYTHING,
                null,
                Actor.SYSTEM,
                RequestOrigin.NONE)
            .secret();
    new Api(desk.address, little).get("/api/v1/audit").expect(403);
    new Api(desk.address, "").get("/api/v1/audit").expect(401);
    AuditFilter refusals =
        new AuditFilter(null, null, null, AuditEventType.ACCESS_REFUSED, null, null, 9, null);
    // It is recorded after the answer is sent.
    awaitOne(
        () -> {
          desk.groups.close();
          return !desk.audit.list(refusals).entries().isEmpty();
        });
    AuditEntry refused = desk.audit.list(refusals).entries().get(0);
    assertThat(refused.actorName()).isEqualTo("little");
    assertThat(refused.details())
        .contains("\"operation\":\"listAudit\"", "\"permission\":\"audit\"");
  }

  @Test
  void readingTheAuditHasAnEntryItself() throws Exception {
    for (int i = 0; i < 5; i++) {
      desk.audit.append(
          AuditEvent.of(AuditEventType.NODE_STARTED, Actor.SYSTEM, RequestOrigin.NONE));
    }
    String query = "/api/v1/audit?type=node.started&actor=kydai&limit=3";
    JsonNode first = api.get(query).expect(200).json();
    assertThat(first.get("entries")).hasSize(3);
    JsonNode second = api.get(query + "&cursor=" + first.get("next").asText()).expect(200).json();
    assertThat(second.get("entries")).hasSize(2);
    assertThat(second.has("next")).isFalse();
    JsonNode read = api.get("/api/v1/audit?type=audit.read&limit=1").expect(200).json();
    JsonNode entry = read.at("/entries/0");
    assertThat(entry.at("/actor/name").asText()).isEqualTo("operator");
    assertThat(entry.at("/details/found").asInt()).isEqualTo(2);
    assertThat(entry.at("/details/filter/cursor").asText()).isEqualTo(first.get("next").asText());
    assertThat(desk.audit.verify().whole()).isTrue();
  }

  @Test
  void whatIsWrongIsNamed() throws Exception {
    for (String[] wrong :
        new String[][] {
          {"type=burnt", "type"},
          {"limit=501", "limit"},
          {"limit=0", "limit"},
          {"cursor=x", "cursor"},
          {"since=soon", "since"},
          {"camera=%2F", "camera"}
        }) {
      JsonNode problem = api.get("/api/v1/audit?" + wrong[0]).expect(400).json();
      assertThat(problem.get("field").asText()).as(wrong[0]).isEqualTo(wrong[1]);
    }
    api.get("/api/v1/audit/export?format=xml").expect(400);
    api.get("/api/v1/audit/export?since=x").expect(400);
  }

  @Test
  void anExportIsWholeHoweverLong() throws Exception {
    for (int i = 0; i < 700; i++) {
      desk.audit.append(
          AuditEvent.of(AuditEventType.ACCOUNT_ADDED, Actor.SYSTEM, RequestOrigin.NONE)
              .detail("name", "=" + "x".repeat(300)));
    }
    long before = desk.audit.verify().last();
    Api.Answer jsonl = api.get("/api/v1/audit/export").expect(200);
    assertThat(jsonl.contentType()).isEqualTo("application/jsonl");
    assertThat(jsonl.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"audit.jsonl\"");
    assertThat(jsonl.header("Transfer-Encoding")).isEqualTo("chunked");
    List<String> lines = new String(jsonl.body(), UTF_8).lines().toList();
    assertThat(lines).hasSize((int) before);
    assertThat(lines.get(lines.size() - 1)).contains("\"number\":" + before + ",");

    Api.Answer csv = api.get("/api/v1/audit/export?format=csv").expect(200);
    assertThat(csv.contentType()).isEqualTo("text/csv; charset=utf-8");
    assertThat(new String(csv.body(), UTF_8)).startsWith("\ufeffnumber,at,type,");
    assertThat(new String(csv.body(), UTF_8).lines()).hasSize((int) before + 2);
    assertThat(api.get("/api/v1/audit?type=audit.exported").expect(200).json().get("entries"))
        .hasSize(2);
    api.send("HEAD", "/api/v1/audit/export", "").expect(200);
  }
}
