package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.activity.MovedObjects;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.Api;
import io.kydai.console.http.LoggedIn;
import io.kydai.console.users.Grant;
import io.kydai.console.users.Role;
import io.kydai.console.users.Scope;
import io.kydai.ingest.source.CameraId;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What moved in front of a camera, over HTTP: a car at once, and another after five minutes. */
class ActivityApiTest {
  private static final CameraId CAMERA = new CameraId("gate-1");
  private static final Instant START = Instant.parse("2026-11-28T08:00:00Z");
  private static final String PATH = "/api/v1/cameras/gate-1/activity";
  private static final String LEFT = "[[0, 0], [0.4, 0], [0.4, 1], [0, 1]]";
  private static final String ABOVE = "[[0, 0], [1, 0], [1, 0.3], [0, 0.3]]";

  @TempDir Path folder;
  private DeskServer server;
  private Api api;

  @BeforeEach
  void start() throws Exception {
    server = new DeskServer(folder);
    api = server.api;
    api.json(
            "POST", "/api/v1/cameras", "{\"id\": \"gate-1\", \"url\": \"rtsp://camera.example/1\"}")
        .expect(201);
    MovedObjects.cars(folder.resolve("activity"), CAMERA, START, START.plusSeconds(300));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String span(int from, int to) {
    return "?from=" + START.plusSeconds(from) + "&to=" + START.plusSeconds(to);
  }

  private static String search(int from, int to, String region, String more) {
    return "{\"from\": \"%s\", \"to\": \"%s\", \"region\": %s%s}"
        .formatted(START.plusSeconds(from), START.plusSeconds(to), region, more);
  }

  @Test
  void theTimeLineHasWhatMovedInSteps() throws Exception {
    JsonNode list = api.get(PATH + span(-60, 600) + "&step=10").expect(200).json();
    assertThat(list.get("step").asInt()).isEqualTo(10);
    assertThat(list.get("steps"))
        .extracting(node -> node.get("from").asText() + " " + node.get("objects"))
        .containsExactly(START + " {\"car\":1}", START.plusSeconds(300) + " {\"car\":1}");
    assertThat(api.get(PATH + span(0, 600)).expect(200).json().get("steps")).hasSize(2);
    api.get(PATH + span(0, 86_400) + "&step=10").expect(400);
    api.get(PATH + span(0, 600) + "&step=7").expect(400);
    api.get(PATH + span(0, -600)).expect(400);
  }

  @Test
  void aRegionIsSearchedAndTheAuditSaysSo() throws Exception {
    String path = PATH + "/search";
    JsonNode found = api.json("POST", path, search(0, 3600, LEFT, "")).expect(200).json();
    assertThat(found.get("moments"))
        .extracting(node -> node.get("from").asText() + " " + node.get("objects"))
        .containsExactly(START + " {\"car\":1}", START.plusSeconds(300) + " {\"car\":1}");
    assertThat(found.get("more").asBoolean()).isFalse();
    String people = ", \"classes\": [\"person\"]";
    assertThat(
            api.json("POST", path, search(0, 3600, LEFT, people)).expect(200).json().get("moments"))
        .isEmpty();
    assertThat(api.json("POST", path, search(0, 3600, ABOVE, "")).expect(200).json().get("moments"))
        .isEmpty();
    api.json("POST", path, search(0, 3600, "[[0, 0], [1, 1]]", "")).expect(400);
    api.json("POST", path, search(0, 3600, "[[0, 0], [1, 1], [2, 0]]", "")).expect(400);
    api.json("POST", path, search(0, 32 * 86_400, LEFT, "")).expect(400);

    JsonNode entries =
        api.get("/api/v1/audit?type=recording.searched").expect(200).json().get("entries");
    assertThat(entries).hasSize(3);
    assertThat(entries.at("/1/details/classes").asText()).isEqualTo("person");
  }

  @Test
  void aRightThatBeginsLaterSeesNothingOfBefore() throws Exception {
    server.directory.add(
        "lan",
        "Lan",
        null,
        List.of(new Grant(Role.OPERATOR, Scope.of(CAMERA), START.plusSeconds(5), null)),
        LoggedIn.PASSWORD,
        Actor.SYSTEM,
        RequestOrigin.NONE);
    String cookie = LoggedIn.cookie(server.address, "lan");
    Api lan = new Api(server.address, "");
    assertThat(
            lan.get(PATH + span(-60, 600) + "&step=10", "Cookie", cookie)
                .expect(200)
                .json()
                .get("steps"))
        .extracting(node -> node.get("from").asText())
        .containsExactly(START.plusSeconds(300).toString());
    lan.get(PATH + span(-60, 5), "Cookie", cookie).expect(404);
  }

  /** The file of the earlier search is a pipe, which does not end before this test wants it. */
  @Test
  @Timeout(60)
  void aNewerSearchOfTheSameCallerTakesThePlaceOfTheOneBefore() throws Exception {
    api.json("POST", "/api/v1/cameras", "{\"id\": \"slow\", \"url\": \"rtsp://127.0.0.1:1/\"}")
        .expect(201);
    Path pipe =
        Files.createDirectories(folder.resolve("activity/slow")).resolve("20261128.activity");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    FutureTask<Api.Answer> earlier =
        new FutureTask<>(
            () ->
                api.json("POST", "/api/v1/cameras/slow/activity/search", search(0, 600, LEFT, "")));
    new Thread(earlier, "earlier search").start();
    OutputStream file = Files.newOutputStream(pipe);
    api.json("POST", PATH + "/search", search(0, 600, LEFT, "")).expect(200);
    file.close();
    earlier.get().expect(409);
  }
}
