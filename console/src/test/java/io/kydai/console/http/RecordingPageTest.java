package io.kydai.console.http;

import static io.kydai.console.http.Chromium.await;
import static io.kydai.console.http.Chromium.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import io.kydai.console.http.api.DeskServer;
import io.kydai.console.http.api.RecordedCamera;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.recording.index.Gap;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What of a camera is recorded, as it is set and as the time line shows it. */
@Tag("browser")
@Timeout(300)
class RecordingPageTest {
  private static final CameraId GATE = new CameraId("gate");

  @TempDir Path folder;
  private DeskServer desk;
  private Chromium chromium;

  @BeforeEach
  void start() throws Exception {
    chromium = Chromium.start();
    desk = new DeskServer(folder);
    desk.api
        .json(
            "POST",
            "/api/v1/cameras",
            "{\"id\": \"gate\", \"name\": \"Gate\", \"url\": \"rtsp://127.0.0.1:1/g\"}")
        .expect(201);
  }

  @AfterEach
  void stop() {
    if (chromium != null) {
      chromium.close();
    }
    if (desk != null) {
      desk.close();
    }
  }

  private Page at(String place, String locale) throws Exception {
    Page page = chromium.page(locale);
    page.setViewportSize(1366, 768);
    LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
    page.navigate(desk.address + place);
    return page;
  }

  @Test
  void aScheduleIsSetInTheDialogThatEditsACamera() throws Exception {
    Page page = at("#/cameras/gate", "vi-VN");
    page.waitForSelector("button.edit").click();
    page.selectOption("#about-recording", "schedule");
    page.selectOption("#about-thin", "7");
    page.selectOption("#about-archive", "30");
    page.fill("#edit-second", "rtsp://127.0.0.1:1/large");
    page.selectOption("#edit-streams", "both");
    page.selectOption("#edit-sub-days", "90");
    page.click(".dlg button.primary");
    await(page, "#about-times-wrong", "Cần ít nhất một khoảng giờ");
    page.fill("#about-times", "mon-fri 06:00-22:00; sat,sun 8-9");
    page.click(".dlg button.primary");
    await(page, ".dlg [role=alert]", "recording-times");
    page.fill("#about-times", "mon-fri 06:00-22:00; sat,sun 08:00-12:00");
    screenshot(page, "camera-edit-schedule");
    page.click(".dlg button.primary");
    await(page, "dl.facts", "theo giờ trong tuần mon-fri 06:00-22:00; sat,sun 08:00-12:00");
    JsonNode camera = desk.api.get("/api/v1/cameras/gate").json();
    assertThat(camera.get("recording").asText()).isEqualTo("schedule");
    assertThat(camera.get("recording-times")).hasSize(2);
    assertThat(camera.get("retention-thin-days").asInt()).isEqualTo(7);
    assertThat(camera.get("retention-archive-days").asInt()).isEqualTo(30);
    assertThat(camera.get("retention-sub-days").asInt()).isEqualTo(90);
    assertThat(camera.get("recording-streams").asText()).isEqualTo("both");
    await(page, "dl.facts", "cả hai luồng");
    await(page, "dl.facts", "chỉ còn khung chính sau 7 ngày");
    page.setViewportSize(390, 844);
    page.click("button.edit");
    page.waitForSelector("#about-times");
    screenshot(page, "camera-edit-schedule-390");
    page.selectOption("#about-thin", "");
    page.fill("#edit-second", "");
    page.click(".dlg button.primary");
    page.waitForCondition(() -> !page.textContent("dl.facts").contains("khung chính"));
    JsonNode after = desk.api.get("/api/v1/cameras/gate").json();
    assertThat(after.has("retention-thin-days")).isFalse();
    assertThat(after.get("retention-archive-days").asInt()).as("as it was").isEqualTo(30);
    assertThat(after.has("recording-streams")).as("it has one stream now").isFalse();
  }

  @Test
  void theTimeLineTellsWhatWasNotWantedFromWhatIsMissing() throws Exception {
    Instant start = Instant.now().minusSeconds(1800).truncatedTo(ChronoUnit.SECONDS);
    RecordedCamera.record(desk, GATE, start, 250);
    desk.index()
        .put(
            new Gap(GATE, start.plusSeconds(10), start.plusSeconds(300), Gap.Reason.NOT_SCHEDULED));
    desk.index()
        .put(new Gap(GATE, start.plusSeconds(300), start.plusSeconds(600), Gap.Reason.CAMERA_LOST));
    Page page = at("#/playback?cameras=gate&at=" + start.plusSeconds(100), "en-US");
    page.waitForSelector("rect.planned");
    await(page, ".legend", "not recorded, as it is set");
    await(page, ".legend .missing", "camera");
    assertThat(page.textContent(".legend .missing")).doesNotContain("not scheduled");
    await(page, ".quad .say", "Not recorded at this time: not scheduled");
    screenshot(page, "playback-planned");
  }
}
