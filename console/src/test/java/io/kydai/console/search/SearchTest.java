package io.kydai.console.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.console.TestClock;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.reports.Alerts;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportAction;
import io.kydai.console.reports.ReportFilter;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.reports.ReportPage;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {
  private static final Actor LAN = new Actor(Actor.Kind.ACCOUNT, "01A", "lan");
  private static final @Nullable String NONE = null;

  @TempDir Path folder;
  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T09:00:00Z"));
  private Database database;
  private ReportQueue queue;

  @BeforeEach
  void open() {
    database = TestDatabase.open(folder.resolve("kydai.db"));
    queue =
        new ReportQueue(
            database, ReportOutbox.NONE, clock, List.of(new SearchIndex()), unfinished -> {});
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Alert alert(String id, String reason) {
    Timestamp start = new Timestamp(MediaTime.ZERO, Alerts.START);
    return new Alert(
        AlertId.of(id),
        new Alert.Origin(new CameraId("cau-truong-tien"), RuleId.of("r1"), "crowding"),
        Alert.Phase.OPENED,
        new Alert.Span(start, start.plus(Duration.ofSeconds(1))),
        new Alert.Participants(List.of(1L), null, List.of()),
        new Alert.Finding(reason, Map.of()));
  }

  private ReportPage find(String text, int limit, @Nullable String cursor) {
    return queue.list(
        new ReportFilter(
            null, null, null, null, limit, cursor, null, null, SearchWords.asked(text)));
  }

  @ParameterizedTest
  @CsvSource({
    "đường Lê Lợi, 1",
    "duong le loi, 1",
    "DUONG, 1",
    "đuong, 0",
    "lề lợi, 0",
    "Lê Duẩn, 0",
    "truong tien, 2",
    "người, 1",
    "crowding nguoi, 1",
    "'le, loi!', 1",
    "vắng, 0",
  })
  void wordsAreFoundWithAndWithoutAccents(String text, int found) {
    queue.receive(alert("a1", "6 người trên Đường Lê Lợi"), List.of());
    queue.receive(alert("a2", "a car stands"), List.of());
    assertThat(find(text, 50, null).reports()).hasSize(found);
  }

  @Test
  void lettersThatAreComposedAreThoseThatAreNot() {
    queue.receive(alert("a1", Normalizer.normalize("Huế", Normalizer.Form.NFD)), List.of());
    assertThat(find("Huế", 50, null).reports()).hasSize(1);
    assertThat(find("hue", 50, null).reports()).hasSize(1);
  }

  @Test
  void agenciesAndReasonsAreFoundFromTheMomentTheyAreThere() {
    Report report = queue.receive(alert("a1", "a reason"), List.of());
    assertThat(find("trật tự", 50, null).reports()).isEmpty();
    queue.act(report.id(), ReportAction.VERIFY, "đúng", NONE, LAN, RequestOrigin.NONE);
    queue.act(report.id(), ReportAction.ASSIGN, NONE, "Đội trật tự", LAN, RequestOrigin.NONE);
    assertThat(find("trat tu", 50, null).reports()).hasSize(1);
    assertThat(find("đúng", 50, null).reports()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"75A12345", "75a-123.45", "75 A 12345", "75", "12345", "123 45"})
  void noWordFindsAPlateWhereverItStands(String asked) {
    Report report =
        queue.receive(
            Alerts.read(alert("a1", "biển 75A-123.45, (75a12345) cạnh 75 A 123 45"), "75A12345", 1),
            List.of());
    queue.act(report.id(), ReportAction.VERIFY, "xe 75A12345", NONE, LAN, RequestOrigin.NONE);
    assertThat(find("bien canh xe", 50, null).reports()).hasSize(1);
    assertThat(find(asked, 50, null).reports()).isEmpty();
  }

  @Test
  void aPlateOfAnotherCountryIsNoWordOnceItIsRead() {
    queue.receive(alert("a1", "xe KX70AB"), List.of());
    assertThat(find("kx70ab", 50, null).reports()).hasSize(1);
    queue.update(
        Alerts.read(alert("a1", "xe KX70AB").with(Alert.Phase.UPDATED, List.of()), "KX70AB", 1));
    assertThat(find("kx70ab", 50, null).reports()).isEmpty();
    assertThat(find("xe", 50, null).reports()).hasSize(1);
  }

  @Test
  void pagesOfASearchHoldEachReportOnce() {
    for (int i = 0; i < 7; i++) {
      clock.advance(Duration.ofSeconds(1));
      queue.receive(alert("a" + i, i % 2 == 0 ? "một xe" : "hai xe"), List.of());
    }
    List<Report> found = new ArrayList<>();
    String cursor = null;
    do {
      ReportPage page = find("xe", 2, cursor);
      found.addAll(page.reports());
      cursor = page.next();
    } while (cursor != null);
    assertThat(found).extracting(Report::id).doesNotHaveDuplicates().hasSize(7);
    assertThat(find("mot xe", 50, null).reports()).hasSize(4);
  }
}
