package io.kydai.console.http;

import static io.kydai.console.http.Chromium.await;
import static io.kydai.console.http.Chromium.screenshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.rules.counting.Sample;
import io.kydai.console.http.api.DeskServer;
import io.kydai.ingest.source.CameraId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The statistics as an operator reads them: charts, their tables, filters in the address, a file.
 */
@Tag("browser")
@Timeout(300)
class StatisticsPageTest {
  private static final ZoneId SITE = ZoneId.systemDefault();

  /** Vehicles of each hour of a day. */
  private static final int[] FLOW = {
    120, 90, 70, 60, 80, 200, 520, 1180, 1320, 900, 760, 820, 1010, 880, 790, 860, 1120, 1490, 1380,
    980, 700, 500, 330, 200
  };

  /** Notes what the charts write. */
  private static final String WRITTEN =
      """
      window.written = [];
      const { fillText } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
        if (location.hash.includes('days=7')) window.written.push(text);
        window.writtenAt = parseFloat(this.font.match(/[\\d.]+px/)[0]);
        fillText.call(this, text, ...rest);
      };
      """;

  @TempDir Path folder;

  private static Sample sample(
      Sample.Place place,
      String element,
      Sample.Measure measure,
      String label,
      String direction,
      long reference,
      Instant at,
      long count,
      long total) {
    return new Sample(
        new Sample.Series(RuleId.of("r"), place, element, measure, label, direction, reference),
        at,
        count,
        total,
        0);
  }

  /** Whether what was written into charts last has the size of the page's own type. */
  private static final String LABELS =
      """
      () => {
        const page = parseFloat(getComputedStyle(document.querySelector('.stat-card .peak')).fontSize);
        return Math.abs(window.writtenAt / devicePixelRatio - page) <= page / 8;
      }
      """;

  /** Fills a day up to now, and the same day of the week before, but for a lost hour. */
  static void fill(DeskServer desk, String camera) {
    ZonedDateTime today = ZonedDateTime.now(SITE).toLocalDate().atStartOfDay(SITE);
    for (ZonedDateTime day : List.of(today, today.minusDays(7))) {
      for (int hour = 0; hour < 24; hour++) {
        Instant at = day.plusHours(hour).toInstant();
        if (at.isAfter(Instant.now()) || day.equals(today) && hour == 3) {
          continue;
        }
        int vehicles = day.equals(today) ? FLOW[hour] : FLOW[hour] * 9 / 10;
        List<Sample> samples = new ArrayList<>();
        long hourMillis = Duration.ofHours(1).toMillis();
        samples.add(
            sample(Sample.Place.LINE, "vào", Sample.Measure.WATCHED, "", "", 0, at, hourMillis, 0));
        samples.add(
            sample(
                Sample.Place.LINE,
                "vào",
                Sample.Measure.COUNT,
                "motorcycle",
                "forward",
                0,
                at,
                vehicles * 3L / 4,
                0));
        samples.add(
            sample(
                Sample.Place.LINE,
                "vào",
                Sample.Measure.COUNT,
                "car",
                "forward",
                0,
                at,
                vehicles / 4,
                0));
        samples.add(
            sample(Sample.Place.ZONE, "cầu", Sample.Measure.WATCHED, "", "", 0, at, hourMillis, 0));
        samples.add(
            sample(
                Sample.Place.ZONE,
                "cầu",
                Sample.Measure.PRESENT,
                "",
                "",
                0,
                at,
                hourMillis,
                hourMillis * vehicles / 60));
        samples.add(
            sample(
                Sample.Place.ZONE,
                "cầu",
                Sample.Measure.PACE,
                "",
                "",
                13_900,
                at,
                hourMillis,
                hourMillis * (13_000 - vehicles * 6L)));
        desk.statistics.add(new CameraId(camera), samples);
      }
    }
    desk.statistics.close();
  }

  @Test
  void an_operator_compares_days_filters_and_exports() throws Exception {
    try (Chromium chromium = Chromium.start();
        DeskServer desk = new DeskServer(folder)) {
      desk.api
          .json(
              "POST",
              "/api/v1/cameras",
              "{\"id\": \"gate\", \"name\": \"Cầu Phú Xuân\", \"url\": \"rtsp://127.0.0.1/\"}")
          .expect(201);
      fill(desk, "gate");
      Page page = chromium.page("vi-VN");
      LoggedIn.into(page, desk.address, LoggedIn.cookie(desk.address));
      page.addInitScript(WRITTEN);
      page.navigate(desk.address + "#/statistics");
      page.waitForSelector(".stat-card[data-quantity=count] .uplot canvas");
      assertThat(page.locator(".stat-card h2").allInnerTexts())
          .containsExactly(
              "Lượt qua vạch, mỗi giờ",
              "Số vật thể trong vùng, trung bình mỗi giờ",
              "Tốc độ trung bình (km/giờ), mỗi giờ",
              "Mức phục vụ");
      page.locator(".stat-card[data-quantity=count] summary").focus();
      page.keyboard().press("Enter");
      assertThat(page.locator(".stat-card[data-quantity=count] tbody tr").count()).isEqualTo(24);
      for (int[] size : new int[][] {{1366, 768}, {1920, 1080}, {390, 844}, {3840, 2160}}) {
        page.setViewportSize(size[0], size[1]);
        page.waitForFunction(LABELS);
        screenshot(page, "statistics-" + size[0]);
      }
      page.setViewportSize(1366, 768);
      page.evaluate("document.documentElement.dataset.theme = 'light'");
      page.click(".stat-bar .seg >> nth=0 >> button >> nth=1");
      page.waitForURL("**days=7**");
      page.waitForSelector(".stat-card .uplot canvas");
      String written = "window.written.filter((text) => /^\\d\\d\\/\\d\\d$/.test(text))";
      page.waitForFunction("() => " + written + ".length > 6");
      List<?> dates = (List<?>) page.evaluate(written);
      for (int i = 1; i < dates.size(); i++) {
        assertThat(dates.get(i)).as("each date once, of %s", dates).isNotEqualTo(dates.get(i - 1));
      }
      screenshot(page, "statistics-light-7");
      page.navigate(desk.address + "#/cameras/gate");
      page.waitForSelector("kydai-camera-traffic .uplot canvas");
      await(page, "kydai-camera-traffic", "nét đứt là cùng thứ tuần trước");
      screenshot(page, "camera-traffic");
      page.click("kydai-camera-traffic a");
      page.waitForURL("**camera=gate**");
      page.goBack();
      page.navigate(desk.address + "#/statistics?days=7");
      page.waitForSelector(".stat-card .uplot canvas");
      page.selectOption(".stat-bar select >> nth=2", "car");
      page.waitForURL("**class=car**");
      page.reload();
      page.waitForSelector(".stat-card .uplot canvas");
      assertThat(page.locator(".stat-bar select >> nth=2").inputValue()).isEqualTo("car");
      Download file = page.waitForDownload(() -> page.click(".stat-bar .csv"));
      assertThat(Files.readString(file.path()))
          .contains("car,forward")
          .doesNotContain("motorcycle");
      assertThat(chromium.complaints).isEmpty();
    }
  }
}
