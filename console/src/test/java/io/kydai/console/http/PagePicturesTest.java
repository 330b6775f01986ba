package io.kydai.console.http;

import static io.kydai.console.http.Chromium.await;
import static io.kydai.console.http.Chromium.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.kydai.console.KydaiProcess;
import io.kydai.ingest.simulator.CameraSimulator;
import io.kydai.ingest.simulator.SimulatedCamera;
import io.kydai.ingest.simulator.media.Clip;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pictures of every page with what a running site shows, to be looked at, and those of the wall and
 * of an incident for {@code docs/}. It is asked for by name ({@code scripts/make/pictures}), and
 * holds that nothing is wider than the screen. The pictures stay in {@code
 * target/screenshots/pages}.
 */
@Tag("browser")
@Tag("report")
@Timeout(1200)
class PagePicturesTest {
  private static final String SITE =
      """
      site: {time-zone: Asia/Ho_Chi_Minh}
      cameras:
        - id: path
          name: Đường trong khuôn viên
          url: %1$s/path
          recording: continuous
          groups: [Khuôn viên]
          purpose: An toàn người đi bộ
          retention-days: 7
          place: {lat: 51.4414, lon: -0.9418, address: Whiteknights, bearing: 40, view-angle: 60, range: 60}
          scene:
            lines: [{id: loi-di, from: [0.5, 0.30], to: [0.5, 0.95]}]
            zones: [{id: nga-tu, polygon: [[0.30, 0.20], [0.75, 0.20], [0.75, 0.70], [0.30, 0.70]]}]
          rules:
            - {id: dem-nguoi, type: line-count, line: loi-di}
            - {id: dong-nguoi, type: crowding, zone: nga-tu, people: 5, for: 3s}
        - id: gate
          name: Cổng khuôn viên, nhìn ra đường lớn
          url: %1$s/gate
          recording: continuous
          groups: [Khuôn viên]
          place: {lat: 51.4415, lon: -0.9411, address: Whiteknights, bearing: 250, view-angle: 70, range: 80}
          scene:
            lines: [{id: back-road, from: [0.55, 0.26], to: [0.98, 0.42]}]
            zones: [{id: bai-co, polygon: [[0.0, 0.62], [0.2, 0.64], [0.53, 0.88], [0.62, 1.0], [0.0, 1.0]]}]
          rules:
            - {id: nguoc-chieu, type: wrong-way, line: back-road, allowed: forward}
            - {id: cam-vao-co, type: intrusion, zone: bai-co}
        - id: yard
          name: Bãi xe phía nam
          url: %1$s/nowhere
          groups: [Bãi xe]
          place: {lat: 51.4409, lon: -0.9402, address: Whiteknights}
        - {id: lake, name: Bờ hồ, url: '%1$s/path', groups: [Khuôn viên]}
      """;

  private static final List<int[]> SIZES =
      List.of(new int[] {1366, 768}, new int[] {390, 844}, new int[] {3840, 2160});

  @TempDir Path folder;

  @Test
  void ofEveryPage() throws Exception {
    Files.createDirectories(Path.of("target/screenshots/pages"));
    try (CameraSimulator simulator = simulator();
        KydaiProcess kydai =
            KydaiProcess.start(folder.resolve("data"), "--config", site(simulator));
        Chromium chromium = Chromium.start()) {
      Api api = LoggedIn.api(kydai.address());
      fill(api);
      Page page = chromium.page("vi-VN");
      LoggedIn.into(page, kydai.address(), LoggedIn.cookie(kydai.address()));
      page.setDefaultTimeout(180_000);
      page.setViewportSize(1366, 768);
      page.navigate(kydai.address() + "#/wall");
      page.waitForCondition(() -> page.locator(".feed .item").count() >= 1);
      ofTheWall(page);
      ofAnIncident(page, kydai);
      work(api);
      for (String[] how : new String[][] {{"vi", "dark"}, {"en", "light"}}) {
        page.evaluate(
            "([language, theme]) => { localStorage.setItem('kydai.language', language);"
                + " localStorage.setItem('kydai.theme', theme); }",
            List.of(how));
        page.reload();
        page.waitForSelector(".app .nav a");
        for (Object view : (List<?>) page.evaluate(PageMatrixTest.VIEWS)) {
          look(page, (String) view, String.join("-", how));
        }
      }
      ofTheDoor(chromium.page("vi-VN"), kydai);
      ofAnOfficer(chromium.page("vi-VN"), kydai);
      ofALostServer(page, kydai);
    }
  }

  private static CameraSimulator simulator() throws IOException {
    CameraSimulator.Builder builder = CameraSimulator.builder();
    for (String name : List.of("path", "gate")) {
      try (InputStream in =
          KydaiProcess.class.getResourceAsStream("demo/campus-" + name + ".h264")) {
        builder.camera(new SimulatedCamera(name, Clip.load(in), 10));
      }
    }
    return builder.start();
  }

  private String site(CameraSimulator simulator) throws IOException {
    String server = "rtsp://127.0.0.1:" + simulator.port();
    return Files.writeString(folder.resolve("kydai.yaml"), SITE.formatted(server)).toString();
  }

  /** What an administrator has settled. */
  private static void fill(Api api) throws Exception {
    api.json(
            "PUT",
            "/api/v1/desk/agencies",
            """
            {"version": 0, "agencies": [
              {"id": "cong-an", "name": "Công an phường Thuận Hóa"},
              {"id": "trat-tu", "name": "Đội Quản lý trật tự đô thị", "parent": "cong-an"}]}
            """)
        .expect(200);
    api.json(
            "PUT",
            "/api/v1/desk/routing",
            """
            {"version": 0, "zone": "Asia/Ho_Chi_Minh", "desk": "trat-tu", "rules": [
              {"id": "giao-thong", "types": ["wrong-way"], "agency": "cong-an"},
              {"id": "ban-dem", "types": ["crowding", "intrusion"], "from": "22:00", "to": "06:00",
               "agency": "cong-an"}]}
            """)
        .expect(200);
    api.json(
            "PUT",
            "/api/v1/desk/deadlines",
            """
            {"version": 0, "zone": "Asia/Ho_Chi_Minh", "calendars": [], "rules": [
              {"id": "xu-ly", "stage": "handle", "within": "PT4H", "remind": "PT1H",
               "escalate": "PT2H", "source": "Quy chế trực của phường", "verified": false}]}
            """)
        .expect(200);
    api.json(
            "POST",
            "/api/v1/accounts",
            """
            {"name": "tuan", "password": "%s", "agency": "cong-an",
             "grants": [{"role": "agency-officer"}]}
            """
                .formatted(LoggedIn.PASSWORD))
        .expect(201);
    api.json("PUT", "/api/v1/cameras/lake/pause", "{\"reason\": \"Sửa cột đèn\"}").expect(200);
  }

  /** What the desk has decided. */
  private static void work(Api api) throws Exception {
    JsonNode reports = api.get("/api/v1/reports").expect(200).json().get("reports");
    int done = 0;
    for (JsonNode report : reports) {
      String at = "/api/v1/reports/" + report.get("id").asText();
      if (report.get("state").asText().equals("received") && done < 6) {
        api.json(
            "POST",
            at + (done % 3 == 2 ? "/reject" : "/verify"),
            done % 3 == 2 ? "{\"reason\": \"Không vi phạm\"}" : "{}");
        done++;
      }
    }
  }

  private static void ofTheWall(Page page) {
    page.keyboard().press("b");
    page.waitForCondition(() -> boxes(page) >= 2);
    screenshot(page, "docs-wall");
    page.keyboard().press("b");
    page.locator(".feed .item").first().click();
    page.waitForSelector(".drawer video, .drawer img");
    page.waitForTimeout(8_000); // Its clip is being made.
    screenshot(page, "docs-wall-alert");
    page.keyboard().press("Escape");
  }

  private static int boxes(Page page) {
    Locator canvases = page.locator("kydai-tile canvas");
    return ((Number)
            canvases.evaluateAll("all => all.filter(one => Number(one.dataset.boxes) > 0).length"))
        .intValue();
  }

  private static void ofAnIncident(Page page, KydaiProcess kydai) {
    page.navigate(kydai.address() + "#/incidents");
    page.waitForSelector(".clip video");
    page.waitForTimeout(6_000);
    screenshot(page, "docs-incident");
  }

  /** The page to sign in, after a wrong password. */
  private static void ofTheDoor(Page page, KydaiProcess kydai) {
    page.navigate(kydai.address() + "signin.html");
    page.fill("input[name=name]", "lan");
    page.fill("input[name=password]", "sai mat khau roi");
    page.click("form button[type=submit]");
    await(page, "[role=alert]", "chưa đúng");
    shots(page, "signin");
  }

  /** What an officer sees, who has no other page: the list, and a report. */
  private static void ofAnOfficer(Page page, KydaiProcess kydai) throws Exception {
    LoggedIn.into(page, kydai.address(), LoggedIn.cookie(kydai.address(), "tuan"));
    page.navigate(kydai.address().toString());
    page.waitForSelector("kydai-agency .item");
    page.waitForSelector(".agone img");
    shots(page, "officer-one");
    page.setViewportSize(390, 844);
    page.navigate("about:blank");
    page.navigate(kydai.address() + "#/agency");
    page.waitForSelector("kydai-agency .item");
    screenshot(page, "pages/officer-390");
  }

  private static void shots(Page page, String name) {
    for (int[] size : SIZES) {
      page.setViewportSize(size[0], size[1]);
      page.waitForTimeout(500);
      screenshot(page, "pages/%s-%d".formatted(name, size[0]));
      assertThat((List<?>) page.evaluate(PageMatrixTest.WIDER)).as(name).isEmpty();
    }
  }

  private static void ofALostServer(Page page, KydaiProcess kydai) throws Exception {
    page.evaluate(
        "localStorage.setItem('kydai.language', 'vi'); localStorage.setItem('kydai.theme', 'dark')");
    page.setViewportSize(1366, 768);
    page.navigate(kydai.address() + "#/wall");
    page.reload();
    page.waitForCondition(() -> page.locator(".screen.live").count() == 2);
    signal(kydai, "STOP");
    try {
      page.waitForCondition(() -> page.locator(".screen.stale").count() == 2);
      page.waitForTimeout(4_000);
      screenshot(page, "docs-wall-lost");
    } finally {
      signal(kydai, "CONT");
    }
  }

  private static void signal(KydaiProcess kydai, String name) throws Exception {
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(kydai.pid())).inheritIO().start();
    assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  private static void look(Page page, String view, String how) {
    String place =
        Map.of("scene", "scene/gate", "playback", "playback?cameras=gate,path&ago=1")
            .getOrDefault(view, view);
    page.evaluate("hash => { location.hash = hash; }", "#/" + place);
    page.waitForSelector("main h1");
    for (int[] size : SIZES) {
      page.setViewportSize(size[0], size[1]);
      page.waitForTimeout(500);
      screenshot(page, "pages/%s-%s-%d".formatted(view, how, size[0]));
      assertThat((List<?>) page.evaluate(PageMatrixTest.WIDER)).as(view).isEmpty();
    }
    page.setViewportSize(1366, 768);
  }
}
