package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.rules.counting.Sample;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.LoggedIn;
import io.kydai.console.users.Grant;
import io.kydai.console.users.Role;
import io.kydai.console.users.Scope;
import io.kydai.ingest.source.CameraId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The statistics over HTTP: within rights, and as a file. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatisticsApiTest {
  private static final Instant HOUR =
      Instant.now().truncatedTo(ChronoUnit.HOURS).minusSeconds(7_200);
  private static final String SPAN = "from=" + HOUR + "&to=" + HOUR.plusSeconds(3_600);

  @TempDir static Path folder;
  private DeskServer desk;
  private String operator = "";

  @BeforeAll
  void start() throws Exception {
    desk = new DeskServer(folder);
    for (String camera : List.of("gate", "park")) {
      desk.api
          .json(
              "POST",
              "/api/v1/cameras",
              "{\"id\": \"%s\", \"url\": \"rtsp://127.0.0.1/\"}".formatted(camera))
          .expect(201);
      desk.statistics.add(
          new CameraId(camera),
          List.of(
              sample(Sample.Measure.WATCHED, "", "", 1_800_000),
              sample(Sample.Measure.COUNT, "car", "forward", 7),
              sample(Sample.Measure.COUNT, "=cmd|' /C calc'!A0", "forward", 1)));
    }
    desk.statistics.close();
    desk.directory.add(
        "lan",
        "Lan",
        null,
        List.of(new Grant(Role.OPERATOR, Scope.of(new CameraId("gate")), null, null)),
        LoggedIn.PASSWORD,
        Actor.SYSTEM,
        RequestOrigin.NONE);
    operator = LoggedIn.cookie(desk.address, "lan");
  }

  private static Sample sample(Sample.Measure measure, String label, String direction, long count) {
    return new Sample(
        new Sample.Series(RuleId.of("cars"), Sample.Place.LINE, "v", measure, label, direction, 0),
        HOUR,
        count,
        0,
        0);
  }

  @AfterAll
  void stop() {
    desk.close();
  }

  private HttpResponse<String> get(String path, String cookie) throws Exception {
    URI address = desk.address.resolve(path);
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(address).header("Cookie", cookie).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aCallerSeesTheCamerasOfItsRights() throws Exception {
    JsonNode all = desk.api.get("/api/v1/statistics?" + SPAN).expect(200).json();
    assertThat(all.get("elements")).hasSize(2);
    assertThat(all.at("/elements/0/pieces/0/watched").asDouble()).isEqualTo(0.5);
    assertThat(all.at("/elements/0/pieces/0/counts/1/count").asInt()).isEqualTo(7);
    HttpResponse<String> own = get("/api/v1/statistics?" + SPAN, operator);
    assertThat(own.statusCode()).isEqualTo(200);
    assertThat(own.body()).contains("gate").doesNotContain("park");
    assertThat(get("/api/v1/statistics?cameras=park&" + SPAN, operator).statusCode())
        .isEqualTo(404);
  }

  @Test
  void aFileHasNoFormulas() throws Exception {
    HttpResponse<String> file = get("/api/v1/statistics/export?" + SPAN, operator);
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
    assertThat(file.body().lines()).hasSize(3).noneMatch(line -> line.contains(",=cmd"));
    assertThat(file.body()).contains(",'=cmd").contains(",car,forward,7,");
  }

  @Test
  void aSpanThatIsTooLongIsRefusedWithTheField() throws Exception {
    HttpResponse<String> refused =
        get(
            "/api/v1/statistics?step=60&from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z",
            operator);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("step");
  }
}
