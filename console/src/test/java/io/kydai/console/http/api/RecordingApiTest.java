package io.kydai.console.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.Api;
import io.kydai.console.http.LoggedIn;
import io.kydai.console.users.Grant;
import io.kydai.console.users.Role;
import io.kydai.console.users.Scope;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.recording.index.KnownDisk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was recorded of a camera, over HTTP: 12 s, a gap of 8 s, and 4 s more. */
class RecordingApiTest {
  private static final CameraId CAMERA = new CameraId("gate-1");
  private static final Instant START = Instant.parse("2026-11-28T08:00:00Z");
  private static final String PATH = "/api/v1/cameras/gate-1/";

  @TempDir Path folder;
  private DeskServer server;
  private Api api;

  @BeforeEach
  void start() throws Exception {
    server = new DeskServer(folder);
    api = server.api;
    api.json(
            "POST",
            "/api/v1/cameras",
            "{\"id\": \"gate-1\", \"url\": \"rtsp://camera.example/1\", \"recording\": \"continuous\"}")
        .expect(201);
    RecordedCamera.record(server, CAMERA, START, 300, 100);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String span(int from, int to) {
    return "?from=" + START.plusSeconds(from) + "&to=" + START.plusSeconds(to);
  }

  @Test
  void theListHasWhatWasRecordedAndWhyTheRestWasNot() throws Exception {
    JsonNode list = api.get(PATH + "recordings" + span(-60, 60)).expect(200).json();
    assertThat(list.get("spans"))
        .extracting(node -> node.get("from").asText() + " " + node.get("to").asText())
        .containsExactly(
            START + " " + START.plusSeconds(12),
            START.plusSeconds(20) + " " + START.plusSeconds(24));
    assertThat(list.get("gaps"))
        .extracting(
            node ->
                node.get("from").asText()
                    + " "
                    + node.get("to").asText()
                    + " "
                    + node.get("reason").asText())
        .containsExactly(START.plusSeconds(12) + " " + START.plusSeconds(20) + " camera-lost");

    JsonNode part = api.get(PATH + "recordings" + span(3, 4)).expect(200).json();
    assertThat(part.at("/spans/0/from").asText()).isEqualTo(START.plusSeconds(3).toString());
    assertThat(part.at("/spans/0/to").asText()).isEqualTo(START.plusSeconds(4).toString());
    assertThat(part.get("gaps")).isEmpty();
  }

  @Test
  void whatIsOnADiskThatIsNotThereIsAGapUntilItIsBack() throws Exception {
    server.areRecordingsThere = false;
    JsonNode list = api.get(PATH + "recordings" + span(-60, 60)).expect(200).json();
    assertThat(list.get("spans")).isEmpty();
    assertThat(list.get("gaps"))
        .extracting(node -> node.get("reason").asText())
        .contains("disk-missing", "camera-lost");
    assertThat(list.at("/gaps/0/from").asText()).isEqualTo(START.toString());
    api.get(PATH + "recording.mp4" + span(2, 23)).expect(404);
    api.get(PATH + "recording.m3u8" + span(2, 23)).expect(404);

    server.areRecordingsThere = true;
    list = api.get(PATH + "recordings" + span(-60, 60)).expect(200).json();
    assertThat(list.get("spans")).hasSize(2);
    api.get(PATH + "recording.mp4" + span(2, 23)).expect(200);
  }

  @Test
  void aSpanIsOneFileOfWhichAnyRangeCanBeAskedFor() throws Exception {
    Api.Answer whole = api.get(PATH + "recording.mp4" + span(2, 23)).expect(200);
    assertThat(whole.contentType()).isEqualTo("video/mp4");
    assertThat(whole.header("Content-Length")).isEqualTo(String.valueOf(whole.body().length));
    assertThat(whole.header("Kydai-Recording-Start")).isEqualTo(START.plusSeconds(2).toString());
    assertThat(new String(whole.body(), 4, 4, StandardCharsets.US_ASCII)).isEqualTo("ftyp");

    Api.Answer part =
        api.get(PATH + "recording.mp4" + span(2, 23), "Range", "bytes=1000-40000").expect(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole.body(), 1000, 40_001));
    assertThat(part.header("Content-Range")).isEqualTo("bytes 1000-40000/" + whole.body().length);
    // More often than recordings may be sent to one caller at a time: each gives its place back.
    for (int i = 0; i < 50; i++) {
      api.get(PATH + "recording.mp4" + span(2, 23), "Range", "bytes=9000000-").expect(416);
    }
    api.get(PATH + "recording.mp4" + span(2, 23), "Range", "bytes=0-9").expect(206);
    api.get(PATH + "recording.mp4" + span(2, 23), "If-None-Match", whole.header("ETag"))
        .expect(304);
  }

  @Test
  void whatIsLeftOfAThinnedSpanIsPlayedAndSaidToBeThinned() throws Exception {
    assertThat(RecordedCamera.thin(server, CAMERA, START.plusSeconds(7)))
        .as("the first of three files of 5 s")
        .isEqualTo(1);

    JsonNode list = api.get(PATH + "recordings" + span(-60, 60)).expect(200).json();
    assertThat(list.get("spans"))
        .extracting(node -> node.get("to").asText() + " " + node.path("thinned").asBoolean())
        .containsExactly(
            START.plusSeconds(5) + " true",
            START.plusSeconds(12) + " false",
            START.plusSeconds(24) + " false");
    Api.Answer thinned = api.get(PATH + "recording.mp4" + span(2, 4)).expect(200);
    assertThat(thinned.header("Kydai-Recording-Thinned")).isEqualTo("true");
    assertThat(thinned.header("Kydai-Recording-Start")).isEqualTo(START.plusSeconds(2).toString());
    Api.Answer whole = api.get(PATH + "recording.mp4" + span(6, 8)).expect(200);
    assertThat(whole.header("Kydai-Recording-Thinned")).isEmpty();
    assertThat(thinned.body().length).as("2 of 50 pictures").isLessThan(whole.body().length / 5);
    assertThat(new String(api.get(PATH + "recording.m3u8" + span(0, 12)).expect(200).body(), UTF_8))
        .contains("#EXTINF:");
  }

  @Test
  void spansThatMakeNoSenseAreRefusedAndEmptyOnesAreNotThere() throws Exception {
    api.get(PATH + "recording.mp4" + span(5, 5)).expect(400);
    api.get(PATH + "recording.mp4" + span(5, 4)).expect(400);
    api.get(PATH + "recording.mp4" + span(0, 4 * 3600)).expect(400);
    api.get(PATH + "recordings" + span(0, 8 * 86_400)).expect(400);
    api.get(PATH + "recording.mp4").expect(400);
    api.get(PATH + "recording.mp4?from=yesterday&to=today").expect(400);
    api.get(PATH + "recording.mp4" + span(-100, -50)).expect(404);
    api.get("/api/v1/cameras/other/recording.mp4" + span(0, 5)).expect(404);
  }

  @Test
  void aRightThatBeginsLaterShowsNothingOfBefore() throws Exception {
    server.directory.add(
        "lan",
        "Lan",
        null,
        List.of(new Grant(Role.OPERATOR, Scope.of(CAMERA), START.plusSeconds(20), null)),
        LoggedIn.PASSWORD,
        Actor.SYSTEM,
        RequestOrigin.NONE);
    String cookie = LoggedIn.cookie(server.address, "lan");
    Api lan = new Api(server.address, "");

    JsonNode list =
        lan.get(PATH + "recordings" + span(-60, 60), "Cookie", cookie).expect(200).json();
    assertThat(list.get("spans")).hasSize(1);
    assertThat(list.at("/spans/0/from").asText()).isEqualTo(START.plusSeconds(20).toString());
    assertThat(list.get("gaps")).isEmpty();
    lan.get(PATH + "recording.mp4" + span(0, 12), "Cookie", cookie).expect(404);
    assertThat(
            lan.get(PATH + "recording.mp4" + span(0, 23), "Cookie", cookie)
                .expect(200)
                .header("Kydai-Recording-Start"))
        .isEqualTo(START.plusSeconds(20).toString());
    lan.get(PATH + "holds", "Cookie", cookie).expect(403);

    server.directory.add(
        "mai",
        "Mai",
        null,
        List.of(new Grant(Role.OPERATOR, Scope.of(CAMERA), START.plusMillis(8_500), null)),
        LoggedIn.PASSWORD,
        Actor.SYSTEM,
        RequestOrigin.NONE);
    String later = LoggedIn.cookie(server.address, "mai");
    for (int to = 1; to <= 8; to++) {
      lan.get(PATH + "recording.mp4" + span(0, to), "Cookie", later).expect(404);
      lan.get(PATH + "recordings" + span(0, to), "Cookie", later).expect(404);
    }
    String start =
        lan.get(PATH + "recording.mp4" + span(0, 11), "Cookie", later)
            .expect(200)
            .header("Kydai-Recording-Start");
    assertThat(Instant.parse(start)).isBetween(START.plusMillis(8_500), START.plusSeconds(10));
  }

  @Test
  void theCalendarHasTheDaysOnWhichSomethingWasRecordedThatOneMaySee() throws Exception {
    LocalDate day = LocalDate.ofInstant(START, ZoneId.systemDefault());
    String month = PATH + "recording-days?month=";
    JsonNode days = api.get(month + YearMonth.from(day)).expect(200).json();
    assertThat(days.get("days")).extracting(JsonNode::asInt).containsExactly(day.getDayOfMonth());
    assertThat(api.get(month + "2026-02").expect(200).json().get("days")).isEmpty();
    api.get(month + "2026-13").expect(400);
    api.get(PATH + "recording-days").expect(400);
    api.get("/api/v1/cameras/other/recording-days?month=2026-11").expect(404);

    server.directory.add(
        "lan",
        "Lan",
        null,
        List.of(new Grant(Role.OPERATOR, Scope.of(CAMERA), START.plusSeconds(60), null)),
        LoggedIn.PASSWORD,
        Actor.SYSTEM,
        RequestOrigin.NONE);
    assertThat(
            new Api(server.address, "")
                .get(month + "2026-11", "Cookie", LoggedIn.cookie(server.address, "lan"))
                .expect(200)
                .json()
                .get("days"))
        .isEmpty();
  }

  @Test
  void theCalendarHasTheDaysWithAlerts() throws Exception {
    LocalDate day = LocalDate.ofInstant(START, ZoneId.systemDefault());
    server.receive("alert-1", "gate-1", START.plusSeconds(3));
    server.receive("alert-2", "gate-2", START.minusSeconds(3 * 86_400));
    String path = PATH + "recording-days?month=";
    JsonNode month = api.get(path + YearMonth.from(day)).expect(200).json();
    assertThat(month.get("alert-days"))
        .extracting(JsonNode::asInt)
        .containsExactly(day.getDayOfMonth());
    assertThat(api.get(path + "2026-02").expect(200).json().get("alert-days")).isEmpty();
  }

  @Test
  void piecesOfAPlayerAreOneEntryAndALongSpanIsToldAsItIs() throws Exception {
    for (int from = 0; from < 10; from += 2) {
      api.get(PATH + "recording.mp4" + span(from, from + 2)).expect(200);
    }
    api.get(PATH + "recording.mp4" + span(0, 600)).expect(200);
    server.groups.close();
    JsonNode entries =
        api.get("/api/v1/audit?type=recording.viewed").expect(200).json().get("entries");
    assertThat(entries)
        .extracting(
            node ->
                Instant.parse(node.at("/details/from").asText())
                    + " "
                    + Instant.parse(node.at("/details/to").asText())
                    + " "
                    + node.at("/details/count").asInt())
        .containsExactlyInAnyOrder(
            START + " " + START.plusSeconds(900) + " 5",
            START + " " + START.plusSeconds(600) + " 1");
  }

  @Test
  void aHoldKeepsASpanAndIsInTheAudit() throws Exception {
    String body =
        "{\"from\": \""
            + START
            + "\", \"to\": \""
            + START.plusSeconds(3)
            + "\", \"reason\": \"case 17\"}";
    JsonNode hold = api.json("POST", PATH + "holds", body).expect(201).json();
    List<String> disks = server.index().disks().stream().map(KnownDisk::id).toList();
    assertThat(server.index().deletable(disks, 10)).hasSize(3);
    assertThat(api.get(PATH + "holds").expect(200).json().get("holds")).containsExactly(hold);
    api.json("POST", PATH + "holds", body.replace("case 17", "")).expect(400);

    String id = hold.get("id").asText();
    api.delete(PATH + "holds/" + id).expect(204);
    api.delete(PATH + "holds/" + id).expect(404);
    assertThat(server.index().deletable(disks, 10)).hasSize(4);
    assertThat(api.get("/api/v1/audit?type=recording.held").expect(200).json().get("entries"))
        .hasSize(1);
    assertThat(api.get("/api/v1/audit?type=recording.released").expect(200).json().get("entries"))
        .hasSize(1);
  }

  private static String hold(Instant to, String more) {
    return "{\"from\": \"%s\", \"to\": \"%s\", \"reason\": \"case 17\"%s}"
        .formatted(START, to, more);
  }

  @Test
  void aHoldReachesNotFarIntoTheFutureAndExpiresInIt() throws Exception {
    Instant now = Instant.now();
    api.json("POST", PATH + "holds", hold(now.plus(Duration.ofDays(30)), "")).expect(201);
    api.json("POST", PATH + "holds", hold(now.plus(Duration.ofDays(32)), "")).expect(400);
    String past = ", \"expires-at\": \"" + now.minusSeconds(1) + "\"";
    api.json("POST", PATH + "holds", hold(START.plusSeconds(3), past)).expect(400);
  }

  @Test
  void theHoldOfARemovedCameraIsListedAndEndedByWhoeverMaySeeItAll() throws Exception {
    String id =
        api.json("POST", PATH + "holds", hold(START.plusSeconds(3), ""))
            .expect(201)
            .json()
            .get("id")
            .asText();
    api.delete(PATH.substring(0, PATH.length() - 1)).expect(204);
    server.directory.add(
        "elsewhere",
        "elsewhere",
        null,
        List.of(
            new Grant(
                Role.INVESTIGATOR,
                new Scope(false, Set.of(), Set.of("elsewhere"), Set.of()),
                null,
                null)),
        LoggedIn.PASSWORD,
        Actor.SYSTEM,
        RequestOrigin.NONE);
    String cookie = LoggedIn.cookie(server.address, "elsewhere");
    Api elsewhere = new Api(server.address, "");
    assertThat(elsewhere.get("/api/v1/holds", "Cookie", cookie).expect(200).json().get("holds"))
        .isEmpty();

    JsonNode all = api.get("/api/v1/holds").expect(200).json().get("holds");
    assertThat(all.findValuesAsText("id")).containsExactly(id);
    assertThat(all.findValuesAsText("camera")).containsExactly("gate-1");
    api.delete("/api/v1/holds/" + id).expect(204);
    api.delete("/api/v1/holds/" + id).expect(404);
  }
}
