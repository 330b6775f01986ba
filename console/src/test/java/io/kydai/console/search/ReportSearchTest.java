package io.kydai.console.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.Plate;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.console.TestClock;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.reports.Alerts;
import io.kydai.console.reports.InvalidReportRequestException;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportAction;
import io.kydai.console.reports.ReportFilter;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.reports.ReportPage;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.reports.ReportState;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportSearchTest {
  private static final Instant NINE = Instant.parse("2026-11-22T09:00:00Z");
  private static final Actor LAN = new Actor(Actor.Kind.ACCOUNT, "01A", "lan");
  private static final ReportFilter.Part EVERYTHING = new ReportFilter.Part(null, null, null);

  @TempDir Path folder;
  private final TestClock clock = new TestClock(NINE);
  private Database database;
  private ReportQueue queue;
  private ReportSearch search;

  @BeforeEach
  void open() {
    database = TestDatabase.open(folder.resolve("kydai.db"));
    queue =
        new ReportQueue(
            database, ReportOutbox.NONE, clock, List.of(new SearchIndex()), unfinished -> {});
    search = new ReportSearch(database, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Report receive(String id, String camera, String type, String reason, String... plates) {
    Timestamp start = new Timestamp(MediaTime.ZERO, Alerts.START);
    List<Plate> read = new ArrayList<>();
    for (String plate : plates) {
      read.add(new Plate(7, plate, 0.9, 3, 4, "VN"));
    }
    clock.advance(Duration.ofHours(1));
    return queue.receive(
        new Alert(
            AlertId.of(id),
            new Alert.Origin(new CameraId(camera), RuleId.of("r1"), type),
            Alert.Phase.OPENED,
            new Alert.Span(start, start.plus(Duration.ofSeconds(1))),
            new Alert.Participants(List.of(7L), null, read),
            new Alert.Finding(reason, Map.of())),
        List.of());
  }

  /** The conditions of a search, of which a test sets some. */
  private static final class Conditions {
    @Nullable Instant from;
    @Nullable Instant until;
    @Nullable Set<CameraId> cameras;
    @Nullable String type;
    @Nullable ReportState state;
    @Nullable String agency;
    String text = "";
    @Nullable String plate;
    List<ReportFilter.Part> visible = List.of(EVERYTHING);
    boolean oldestFirst;

    SearchRequest request() {
      return new SearchRequest(
          from,
          until,
          cameras,
          type,
          state,
          agency,
          SearchWords.asked(text),
          plate == null ? null : PlatePattern.of(plate),
          visible,
          oldestFirst);
    }
  }

  private List<String> found(Conditions conditions) {
    return search.page(conditions.request(), 50, null).reports().stream()
        .map(report -> report.origin().alert().value())
        .toList();
  }

  private static Set<CameraId> cameras(String... ids) {
    Set<CameraId> cameras = new HashSet<>();
    for (String id : ids) {
      cameras.add(new CameraId(id));
    }
    return cameras;
  }

  private void some() {
    receive("a1", "gate", "crowding", "6 người trên đường Lê Lợi", "75F100041");
    receive("a2", "park", "wrong-way", "xe đi ngược chiều", "75F100042", "51F12345");
    Report third = receive("a3", "quay", "wrong-way", "xe đi ngược chiều", "29A99941");
    receive("a4", "gate", "wrong-way", "a reason");
    queue.act(third.id(), ReportAction.VERIFY, null, null, LAN, RequestOrigin.NONE);
    queue.act(third.id(), ReportAction.ASSIGN, null, "Police", LAN, RequestOrigin.NONE);
  }

  @Test
  void eachConditionNarrowsAndAllHoldTogether() {
    some();
    assertThat(found(new Conditions())).containsExactly("a4", "a3", "a2", "a1");
    Conditions one = new Conditions();
    one.cameras = cameras("gate");
    assertThat(found(one)).containsExactly("a4", "a1");
    one.type = "wrong-way";
    assertThat(found(one)).containsExactly("a4");
    one.cameras = cameras("gate", "quay");
    assertThat(found(one)).containsExactly("a4", "a3");
    one.text = "nguoc chieu";
    assertThat(found(one)).containsExactly("a3");
    one.state = ReportState.ASSIGNED;
    one.agency = "Police";
    one.plate = "*41";
    assertThat(found(one)).containsExactly("a3");
    one.agency = "Ward";
    assertThat(found(one)).isEmpty();
    one.cameras = Set.of();
    assertThat(found(one)).isEmpty();
  }

  @Test
  void theSpanHasItsBeginningAndNotItsEnd() {
    some();
    Conditions span = new Conditions();
    span.from = NINE.plus(Duration.ofHours(2));
    assertThat(found(span)).containsExactly("a4", "a3", "a2");
    span.until = NINE.plus(Duration.ofHours(4));
    assertThat(found(span)).containsExactly("a3", "a2");
    span.oldestFirst = true;
    assertThat(found(span)).containsExactly("a2", "a3");
  }

  @ParameterizedTest
  @CsvSource({
    "75F100041, a1",
    "75-F1 000.41, a1",
    "75f1*, a2 a1",
    "75-F1 000.4?, a2 a1",
    "*41, a3 a1",
    "*12345, a2",
    "*5F1*, a2 a1",
    "75*, a2 a1",
    "?5F10004?, a2 a1",
    "75F1000, ''",
    "*99?41, a3",
  })
  void aPlateIsFoundByWhatIsKnownOfIt(String pattern, String expected) {
    some();
    Conditions plate = new Conditions();
    plate.plate = pattern;
    assertThat(String.join(" ", found(plate))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "?", "7*", "*1*", "??????", "75 %", "75_", "", "Ơ12*", "7?5*"})
  void aPatternThatSaysTooLittleOrIsNoneIsRefused(String pattern) {
    assertThatThrownBy(() -> PlatePattern.of(pattern))
        .isInstanceOf(InvalidReportRequestException.class)
        .hasMessageStartingWith("Expected:");
  }

  @Test
  void aPlateThatIsReadAnewReplacesTheOneBefore() {
    Alert alert = Alerts.opened("a1");
    queue.receive(alert, List.of());
    clock.advance(Duration.ofSeconds(10));
    queue.update(Alerts.read(alert.with(Alert.Phase.UPDATED, List.of()), "75F100041", 0.5));
    clock.advance(Duration.ofSeconds(10));
    queue.update(Alerts.read(alert.with(Alert.Phase.UPDATED, List.of()), "75F100047", 0.9));
    Conditions plate = new Conditions();
    plate.plate = "*041";
    assertThat(found(plate)).isEmpty();
    plate.plate = "*047";
    assertThat(found(plate)).containsExactly("a1");
  }

  @Test
  void whatMayNotBeSeenIsNotFound() {
    some();
    Conditions seen = new Conditions();
    seen.plate = "75F1*";
    seen.visible = List.of(new ReportFilter.Part(cameras("gate"), null, null));
    assertThat(found(seen)).containsExactly("a1");
    seen.plate = null;
    seen.visible =
        List.of(
            new ReportFilter.Part(cameras("park"), null, null),
            new ReportFilter.Part(cameras("gate"), NINE.plus(Duration.ofHours(3)), null));
    assertThat(found(seen)).containsExactly("a4", "a2");
    seen.visible = List.of(new ReportFilter.Part(null, null, Set.of("Police")));
    assertThat(found(seen)).containsExactly("a3");
    seen.visible = List.of();
    assertThat(found(seen)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void pagesHoldEachReportOnceInTheirOrder(boolean oldestFirst) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      all.add("a" + i);
      receive("a" + i, "c" + i % 3, "crowding", "xe", "75F10004" + i);
    }
    if (!oldestFirst) {
      Collections.reverse(all);
    }
    for (String plate : new String[] {null, "75F1*"}) {
      Conditions conditions = new Conditions();
      conditions.oldestFirst = oldestFirst;
      conditions.plate = plate;
      conditions.cameras = plate == null ? cameras("c0", "c1", "c2") : null;
      List<String> found = new ArrayList<>();
      String cursor = null;
      do {
        ReportPage page = search.page(conditions.request(), 2, cursor);
        page.reports().forEach(report -> found.add(report.origin().alert().value()));
        cursor = page.next();
      } while (cursor != null);
      assertThat(found).isEqualTo(all);
    }
  }

  @Test
  void anExportHasAllPages() throws Exception {
    for (int i = 0; i < 7; i++) {
      receive("a" + i, "gate", "crowding", "xe");
    }
    List<Report> written = new ArrayList<>();
    assertThat(search.export(new Conditions().request(), 7, written::addAll)).isFalse();
    assertThat(written).hasSize(7);
    written.clear();
    assertThat(search.export(new Conditions().request(), 6, written::addAll)).isTrue();
    assertThat(written).hasSize(6);
  }
}
