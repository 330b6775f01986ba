package io.kydai.console.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.rules.counting.LineCounts;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.analytics.rules.counting.Movements;
import io.kydai.analytics.rules.counting.Sample;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.Api;
import io.kydai.console.http.LoggedIn;
import io.kydai.console.http.hls.PacedCamera;
import io.kydai.console.recordings.Deletions;
import io.kydai.console.recordings.RecordingTable;
import io.kydai.console.reports.Alerts;
import io.kydai.console.reports.Report;
import io.kydai.console.users.Grant;
import io.kydai.console.users.Permission;
import io.kydai.console.users.Role;
import io.kydai.console.users.Scope;
import io.kydai.ingest.media.AccessUnitSource;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.proof.SigningKey;
import io.kydai.streaming.recording.index.DeletionReason;
import io.kydai.streaming.recording.index.Segment;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operation of the contract that shows the past, as a person who has every role on every
 * camera, but only from a moment on. An operation that reads something under a permission and has
 * no {@code x-past} fails, as does one that is said to filter and of which no test here shows it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TimeLimitedGrantTest {
  private static final Set<Permission> OF_THE_PAST =
      EnumSet.of(
          Permission.HISTORY,
          Permission.EXPORT,
          Permission.EVIDENCE,
          Permission.UNMASKED,
          Permission.TRACE_PLATES,
          Permission.AUDIT,
          Permission.METRICS);

  /** They show what holds now, under a permission on the past. */
  private static final Set<String> OF_THE_PRESENT = Set.of("listMutes");

  private static final Contract CONTRACT = new Contract();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /**
   * An operation that filters.
   *
   * @param body of the request; empty for none
   * @param old what only the past before the grant has in the answer; empty where the whole answer
   *     is refused
   * @param status of the refusal, where the whole answer is refused
   */
  private record Probe(String path, String body, String old, int status) {
    static Probe filtered(String path, String old) {
      return new Probe(path, "", old, 200);
    }

    static Probe refused(String path, String body, int status) {
      return new Probe(path, body, "", status);
    }
  }

  @TempDir static Path folder;
  private DeskServer desk;
  private String limited;
  private String unlimited;
  private Instant from;
  private final Map<String, Probe> probes = new TreeMap<>();

  @BeforeAll
  void start() throws Exception {
    desk = new DeskServer(folder);
    desk.api
        .json("POST", "/api/v1/cameras", "{\"id\": \"gate\", \"url\": \"rtsp://127.0.0.1/\"}")
        .expect(201);
    Report report = desk.receive("01JAAAAAAAAAAAAAAAAAAAAAA1", "old.jpg", "old picture");
    Report plated =
        desk.reports.receive(
            Alerts.read(DeskServer.alert("01JAAAAAAAAAAAAAAAAAAAAAA8"), "51F12345", 1), List.of());
    String decided =
        "/api/v1/reports/" + desk.receive("01JAAAAAAAAAAAAAAAAAAAAAA9", "9.jpg", "old").id();
    desk.api.json("POST", decided + "/verify", "{}").expect(200);
    desk.api.json("POST", decided + "/assign", "{\"agency\": \"old-agency\"}").expect(200);
    add("old-clerk", List.of());
    from = Instant.now().plusMillis(1);
    while (!Instant.now().isAfter(from)) {
      Thread.onSpinWait();
    }
    Instant piece = from.truncatedTo(ChronoUnit.HOURS);
    desk.shown.measurements = measured(piece.minus(Duration.ofHours(2)), piece.plusSeconds(3600));
    desk.shown.pictureAt = from.minusSeconds(1);
    add("limited", roles(from));
    add("unlimited", roles(null));
    limited = LoggedIn.cookie(desk.address, "limited");
    unlimited = LoggedIn.cookie(desk.address, "unlimited");
    probeCases();
    probeDeletions();
    String one = "/api/v1/reports/" + report.id();
    probes.put("getCounts", Probe.filtered("/api/v1/cameras/gate/counts", "77"));
    probes.put("getSnapshot", Probe.refused("/api/v1/cameras/gate/snapshot.jpg", "", 503));
    probes.put("getLiveMjpeg", Probe.refused("/api/v1/cameras/gate/live.mjpeg", "", 503));
    probes.put("listReports", Probe.filtered("/api/v1/reports", report.id().value()));
    probes.put("searchReports", Probe.filtered("/api/v1/search", report.id().value()));
    probes.put("exportReports", Probe.filtered("/api/v1/search/export", report.id().value()));
    probes.put(
        "getPlateRoute",
        Probe.filtered(
            "/api/v1/search/route?plate=51F12345&reason=x&from=%s&until=%s"
                .formatted(from.minus(Duration.ofDays(1)), from.plus(Duration.ofDays(1))),
            plated.id().value()));
    probes.put("getReport", Probe.refused(one, "", 404));
    probes.put("getEvidence", Probe.refused(one + "/evidence/old.jpg", "", 404));
    probes.put("verifyReport", Probe.refused(one + "/verify", "{}", 404));
    probes.put("assignReport", Probe.refused(one + "/assign", "{\"agency\": \"Police\"}", 404));
    probes.put("resolveReport", Probe.refused(one + "/resolve", "{}", 404));
    probes.put("rejectReport", Probe.refused(one + "/reject", "{\"reason\": \"no\"}", 404));
    probes.put("acceptReport", Probe.refused(one + "/accept", "{}", 404));
    probes.put("progressReport", Probe.refused(one + "/progress", "{}", 404));
    probes.put("returnReport", Probe.refused(one + "/return", "{\"reason\": \"no\"}", 404));
    probes.put("closeReport", Probe.refused(one + "/close", "{}", 404));
    probes.put("reopenReport", Probe.refused(one + "/reopen", "{\"reason\": \"no\"}", 404));
    probes.put("claimReport", Probe.refused(one + "/claim", "{}", 404));
    probes.put("releaseReport", Probe.refused(one + "/claim", "", 404));
    probes.put("listComments", Probe.refused(one + "/comments", "", 404));
    probes.put("addComment", Probe.refused(one + "/comments", "{\"text\": \"so\"}", 404));
    String files = one + "/attachments";
    String attached =
        desk.api.json("POST", files, "%PDF-1.7 old").expect(201).json().get("href").asText();
    String removed =
        desk.api.json("POST", files, "%PDF-1.7 gone").expect(201).json().get("href").asText();
    probes.put("removeAttachment", Probe.refused(removed + "?reason=no", "", 404));
    probes.put("listAttachments", Probe.refused(files, "", 404));
    probes.put("addAttachment", Probe.refused(files, "%PDF-1.7 new", 404));
    probes.put("getAttachment", Probe.refused(attached, "", 404));
    probes.put("pauseClock", Probe.refused(one + "/clock-pause", "{\"reason\": \"no\"}", 404));
    probes.put("resumeClock", Probe.refused(one + "/clock-pause", "", 404));
    probes.put(
        "decideTogether",
        Probe.refused(
            "/api/v1/decisions",
            "{\"action\": \"verify\", \"reports\": [{\"id\": \"%s\", \"version\": 1}]}"
                .formatted(report.id()),
            404));
    probes.put("getReportRoute", Probe.refused(one + "/route", "", 404));
    probes.put("getDuplicates", Probe.refused(one + "/duplicates", "", 404));
    probes.put("listClaims", Probe.filtered("/api/v1/claims", report.id().value()));
    probes.put("listIncidents", Probe.filtered("/api/v1/incidents?tab=to-check", "crowding"));
    probes.put(
        "getIncident", Probe.refused("/api/v1/incidents/" + report.handling().incident(), "", 404));
    String today = "?from=" + from.minusSeconds(3_600) + "&to=" + from.plusSeconds(3_600);
    probes.put(
        "getDeskStatistics", Probe.filtered("/api/v1/desk/statistics" + today, "old-agency"));
    probes.put("listReviewers", Probe.filtered("/api/v1/desk/reviewers" + today, "operator"));
    probes.put("listLateReports", Probe.filtered("/api/v1/desk/late", ""));
    recordTheOld();
    String hours = "?from=" + piece.minus(Duration.ofHours(2)) + "&to=" + piece.plusSeconds(7200);
    probes.put(
        "listRecordings",
        Probe.filtered(
            "/api/v1/cameras/gate/recordings" + hours, from.minusSeconds(1200).toString()));
    ZonedDateTime old = from.minusSeconds(1200).atZone(ZoneId.systemDefault());
    probes.put(
        "listRecordingDays",
        Probe.filtered(
            "/api/v1/cameras/gate/recording-days?month=" + YearMonth.from(old),
            "\"days\":[" + old.getDayOfMonth()));
    probes.put(
        "getRecording",
        Probe.refused(
            "/api/v1/cameras/gate/recording.mp4?from="
                + from.minusSeconds(1200)
                + "&to="
                + from.minusSeconds(1190),
            "",
            404));
    probes.put(
        "getRecordingPlaylist",
        Probe.refused(
            "/api/v1/cameras/gate/recording.m3u8?from="
                + from.minusSeconds(1200)
                + "&to="
                + from.minusSeconds(1190),
            "",
            404));
    String gone = "?from=" + from.minusSeconds(1200) + "&to=" + from.minusSeconds(1190);
    probes.put("listActivity", Probe.refused("/api/v1/cameras/gate/activity" + gone, "", 404));
    probes.put(
        "searchActivity",
        Probe.refused(
            "/api/v1/cameras/gate/activity/search",
            "{\"from\": \"%s\", \"to\": \"%s\", \"region\": [[0, 0], [1, 0], [1, 1]]}"
                .formatted(from.minusSeconds(1200), from.minusSeconds(1190)),
            404));
    probes.put(
        "getRecordingPicture",
        Probe.refused("/api/v1/cameras/gate/recording.jpg?at=" + from.minusSeconds(1195), "", 404));
    probes.put("getStatistics", Probe.filtered("/api/v1/statistics" + hours, ":77"));
    probes.put("exportStatistics", Probe.filtered("/api/v1/statistics/export" + hours, ",77,"));
    probes.put("listAudit", Probe.filtered("/api/v1/audit?limit=500", "old-clerk"));
    probes.put("exportAudit", Probe.filtered("/api/v1/audit/export", "old-clerk"));
    showTheOldAndTheNew();
    probes.put("getLiveVariants", Probe.filtered("/api/v1/cameras/gate/hls/index.m3u8", ""));
    String live = text("/api/v1/cameras/gate/hls/live.m3u8");
    String oldMedia =
        live.lines().filter(line -> line.startsWith("media/")).findFirst().orElseThrow();
    probes.put("getLivePlaylist", Probe.filtered("/api/v1/cameras/gate/hls/live.m3u8", oldMedia));
    probes.put("getLiveMedia", Probe.refused("/api/v1/cameras/gate/hls/" + oldMedia, "", 404));
    // What a session shows: LiveFromTest.
    probes.put("watchByWhep", new Probe("/api/v1/cameras/gate/whep", WhepOffer.TEXT, "", 201));
    // A WebSocket: LiveFromTest.
    probes.put("watchLive", Probe.filtered("/api/v1/cameras/gate/live", "none"));
  }

  private String text(String path) throws Exception {
    return new String(desk.api.get(path).expect(200).body(), UTF_8);
  }

  /** Every camera's live stream has pictures of six seconds before the grants, and of six since. */
  private void showTheOldAndTheNew() {
    PacedCamera camera = new PacedCamera(40, from.minusSeconds(6));
    desk.shown.live =
        (id, subscriber) -> {
          Optional<AccessUnitSource.Subscription> watching = camera.watch(id, subscriber);
          for (int i = 0; i < 120; i++) {
            camera.picture(100, 19);
          }
          return watching;
        };
  }

  /** Recordings and counts of some time before the grants. */
  private void recordTheOld() throws Exception {
    RecordedCamera.record(desk, new CameraId("gate"), from.minusSeconds(1200), 100);
    desk.statistics.add(
        new CameraId("gate"),
        List.of(
            old(Sample.Measure.WATCHED, "", "", 1_800_000),
            old(Sample.Measure.COUNT, "car", "forward", 77)));
    desk.statistics.close();
  }

  private Sample old(Sample.Measure measure, String label, String direction, long count) {
    return new Sample(
        new Sample.Series(RuleId.of("cars"), Sample.Place.LINE, "v", measure, label, direction, 0),
        from.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(2)),
        count,
        0,
        0);
  }

  private static List<Grant> roles(Instant since) {
    return Arrays.stream(Role.values())
        .filter(role -> role != Role.AGENCY_OFFICER)
        .map(role -> new Grant(role, Scope.EVERYTHING, since, null))
        .toList();
  }

  private void add(String name, List<Grant> grants) {
    desk.directory.add(
        name, name, null, grants, LoggedIn.PASSWORD, Actor.SYSTEM, RequestOrigin.NONE);
  }

  private static Measurements measured(Instant old, Instant young) {
    LineCounts.Directions many = new LineCounts.Directions(77, 0);
    LineCounts.Directions few = new LineCounts.Directions(3, 0);
    return new Measurements(
        List.of(
            new LineCounts(
                "v",
                new TreeMap<>(Map.of("car", new LineCounts.Directions(80, 0))),
                List.of(
                    new LineCounts.Piece(old, "car", many),
                    new LineCounts.Piece(young, "car", few)))),
        List.of(
            new Movements(
                RuleId.of("turns"),
                List.of(
                    new Movements.Count(old, "north", "east", "car", 77),
                    new Movements.Count(young, "north", "east", "car", 4)))),
        List.of(),
        List.of());
  }

  @AfterAll
  void stop() {
    desk.close();
  }

  private HttpResponse<byte[]> ask(String method, String path, String body, String cookie)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(desk.address.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .header("Cookie", cookie);
    if (!body.isEmpty()) {
      request.header(
          "Content-Type", body.equals(WhepOffer.TEXT) ? WhepOffer.TYPE : "application/json");
    }
    request.method(
        method,
        body.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
    return CONTRACT.checked(
        CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()), bytes -> bytes);
  }

  /** An operation of the contract, and the name of its method. */
  private static String past(ContractOperation operation) {
    return operation.content().path("x-past").asText();
  }

  /** A recording that was deleted before the grant, with its record. */
  private void probeDeletions() throws Exception {
    Instant begin = from.minus(Duration.ofHours(6));
    Segment segment =
        new Segment(
            new CameraId("gate"), "gate/deleted.mp4", begin, begin.plusSeconds(300), 1000, false);
    RecordingTable index =
        new RecordingTable(
            desk.database, Clock.fixed(from.minus(Duration.ofHours(5)), ZoneOffset.UTC));
    index.close(segment, "%064x".formatted(1));
    assertThat(index.release(segment, DeletionReason.AGE)).isTrue();
    Clock sealed = Clock.fixed(from.minus(Duration.ofHours(1)), ZoneOffset.UTC);
    SigningKey key = SigningKey.open(folder.resolve("key.pem"), folder);
    AuditLog audit = new AuditLog(desk.database, Clock.systemUTC());
    assertThat(new Deletions(desk.database, key, audit, sealed).sealDue()).isTrue();
    String records = "/api/v1/recording-deletions";
    probes.put("listRecordingDeletions", Probe.filtered(records, "\"number\":1"));
    probes.put("listDeletedRecordings", Probe.filtered(records + "/1/files", "deleted.mp4"));
  }

  /** Cases of a span before the grant. */
  private void probeCases() throws Exception {
    Instant begin = Instant.parse("2026-10-21T08:00:00Z");
    RecordedCamera.record(desk, new CameraId("gate"), begin, 50);
    desk.cases.start();
    String wish =
        """
        {"title": "old", "reason": "old", "cameras": ["gate"], "from": "%s", "to": "%s"}
        """
            .formatted(begin, begin.plusSeconds(2));
    String one = madeCase(wish);
    String links = one + "/links";
    String link =
        "{\"reason\": \"old\", \"expires-at\": \"%s\", \"downloads\": 1}"
            .formatted(Instant.now().plus(Duration.ofDays(1)));
    String made = desk.api.json("POST", links, link).expect(201).json().at("/link/id").asText();
    probes.put("listCases", Probe.filtered("/api/v1/cases", one.substring(14)));
    probes.put("addCase", Probe.refused("/api/v1/cases", wish, 403));
    probes.put("getCase", Probe.refused(one, "", 404));
    probes.put("removeCase", Probe.refused(madeCase(wish), "", 404));
    probes.put("getCaseArchive", Probe.refused(one + "/case.zip", "", 404));
    probes.put("listCaseLinks", Probe.refused(links, "", 404));
    probes.put("addCaseLink", Probe.refused(links, link, 404));
    probes.put("removeCaseLink", Probe.refused("/api/v1/case-links/" + made, "", 404));
  }

  /** Returns the path of a case that is made. */
  private String madeCase(String wish) throws Exception {
    String path =
        "/api/v1/cases/"
            + desk.api.json("POST", "/api/v1/cases", wish).expect(201).json().get("id").asText();
    String state = "";
    while (!state.equals("done")) {
      LockSupport.parkNanos(5_000_000);
      state = desk.api.get(path).expect(200).json().get("state").asText();
      assertThat(state).isIn("queued", "running", "done");
    }
    return path;
  }

  @TestFactory
  Stream<DynamicTest> everyOperationKeepsToTheTimeOfTheGrant() {
    return CONTRACT
        .operations()
        .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> check(operation)));
  }

  private void check(ContractOperation operation) throws Exception {
    Permission permission = Permission.of(operation.permission()).orElse(null);
    if (permission != null && operation.method().equals("GET")) {
      assertThat(past(operation)).as("x-past").isIn("none", "filtered", "whole");
    }
    if (permission != null
        && OF_THE_PAST.contains(permission)
        && !OF_THE_PRESENT.contains(operation.id())) {
      assertThat(past(operation)).as("x-past").isIn("filtered", "whole");
    }
    switch (past(operation)) {
      case "whole" -> {
        String path = operation.path().replace("{id}", "gate").replace("{hold}", "none");
        String body = operation.method().equals("POST") ? "{}" : "";
        assertThat(ask(operation.method(), path, body, limited).statusCode()).isEqualTo(403);
        if (operation.method().equals("GET")) {
          assertThat(ask(operation.method(), path, "", unlimited).statusCode()).isEqualTo(200);
        }
      }
      case "filtered" -> {
        Probe probe = probes.get(operation.id());
        assertThat(probe).as("a test of what it leaves out").isNotNull();
        if (!operation.isWebSocket()) {
          check(operation, probe);
        }
      }
      default -> assertThat(past(operation)).isIn("", "none");
    }
  }

  private void check(ContractOperation operation, Probe probe) throws Exception {
    if (operation.id().equals("listClaims")) {
      // A step that a test before took has ended the claim.
      String report = "/api/v1/reports/" + probe.old();
      desk.api.json("PUT", report + "/claim", "{}").expect(200);
    }
    HttpResponse<byte[]> some = ask(operation.method(), probe.path(), probe.body(), limited);
    assertThat(some.statusCode()).as(new String(some.body(), UTF_8)).isEqualTo(probe.status());
    if (operation.id().equals("getLiveMjpeg")) {
      return; // Who may see it gets an answer without end, which LiveMjpegApiTest reads.
    }
    if (operation.id().equals("getRecordingPicture")) {
      return; // The recording here cannot be decoded; RecordingThumbnailsTest sees what is left
      // out.
    }
    // Only after it: a step of the review allows no second one of the same kind.
    HttpResponse<byte[]> all = ask(operation.method(), probe.path(), probe.body(), unlimited);
    assertThat(all.statusCode()).isIn(200, 201, 204, 400, 409);
    if (!probe.old().isEmpty()) {
      assertThat(new String(all.body(), UTF_8)).contains(probe.old());
      assertThat(new String(some.body(), UTF_8)).doesNotContain(probe.old());
    }
  }

  @Test
  void whatCameSinceIsShown() throws Exception {
    String counts =
        new String(ask("GET", "/api/v1/cameras/gate/counts", "", limited).body(), UTF_8);
    assertThat(counts).contains("\"forward\":3", "\"count\":4").doesNotContain("80");
    Report report = desk.receive("01JAAAAAAAAAAAAAAAAAAAAAA2", "new.jpg", "new picture");
    String one = "/api/v1/reports/" + report.id();
    assertThat(ask("GET", one, "", limited).statusCode()).isEqualTo(200);
    assertThat(ask("GET", one + "/evidence/new.jpg", "", limited).body())
        .isEqualTo("new picture".getBytes(UTF_8));
    assertThat(new String(ask("GET", "/api/v1/reports", "", limited).body(), UTF_8))
        .contains(report.id().value());
    assertThat(new String(ask("GET", "/api/v1/audit", "", limited).body(), UTF_8))
        .contains("\"name\":\"unlimited\"");
  }

  @Test
  void aPictureThatWasTakenSinceIsShown() throws Exception {
    Instant before = desk.shown.pictureAt;
    desk.shown.pictureAt = from;
    assertThat(ask("GET", "/api/v1/cameras/gate/snapshot.jpg", "", limited).statusCode())
        .isEqualTo(200);
    desk.shown.pictureAt = before;
  }

  @Test
  void eventsOfAnOlderReportDoNotCome() throws Exception {
    Report old = desk.receive("01JAAAAAAAAAAAAAAAAAAAAAA1", "old.jpg", "old picture");
    try (Api.Listener listener =
        new Api(desk.address, "").listen("/api/v1/events", "EventMessage", limited)) {
      listener.await(message -> message.get("event").asText().equals("hello"));
      desk.receive("01JAAAAAAAAAAAAAAAAAAAAAA1", "old2.jpg", "older picture");
      desk.reports.addEvidence(
          old.origin().alert(),
          new io.kydai.streaming.evidence.EvidenceItem("more.jpg", "image/jpeg", 1, "00"));
      Report young = desk.receive("01JAAAAAAAAAAAAAAAAAAAAAA3", "new.jpg", "new picture");
      JsonNode first = listener.await(message -> message.get("event").asText().equals("report"));
      assertThat(first.at("/report/id").asText()).isEqualTo(young.id().value());
    }
  }

  @Test
  void aGrantThatBeginsLaterGivesNothingYet() throws Exception {
    add("later", roles(Instant.now().plus(Duration.ofDays(1))));
    String later = LoggedIn.cookie(desk.address, "later");
    assertThat(ask("GET", "/api/v1/cameras/gate", "", later).statusCode()).isEqualTo(404);
    assertThat(ask("GET", "/api/v1/audit", "", later).statusCode()).isEqualTo(403);
    assertThat(new String(ask("GET", "/api/v1/session", "", later).body(), UTF_8))
        .contains("\"roles\":[],\"permissions\":[]");
  }
}
