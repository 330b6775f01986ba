package io.kydai.console.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.TestClock;
import io.kydai.console.reports.Alerts;
import io.kydai.console.reports.ReportFilter;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.reports.ReportState;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.source.CameraId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lengths of lists are counted once a minute, and whatever they are, the same is found. */
class ListLengthsTest {
  @TempDir Path folder;
  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T09:00:00Z"));
  private final ListLengths lengths = new ListLengths(clock);
  private final AtomicInteger counted = new AtomicInteger();

  private int length(String list, int length) {
    return lengths.of(
        list,
        () -> {
          counted.incrementAndGet();
          return length;
        });
  }

  @Test
  void aLengthIsKnownForAMinuteAndThenCountedAnew() {
    assertThat(length("a", 3)).isEqualTo(3);
    clock.advance(Duration.ofSeconds(59));
    assertThat(length("a", 4)).isEqualTo(3);
    assertThat(length("b", 5)).isEqualTo(5);
    clock.advance(Duration.ofSeconds(1));
    assertThat(length("a", 6)).isEqualTo(6);
    assertThat(length("b", 7)).isEqualTo(5);
    assertThat(counted).hasValue(3);
  }

  @Test
  void aClockThatWasSetBackDoesNotKeepALengthForLonger() {
    length("a", 3);
    clock.advance(Duration.ofHours(-1));
    assertThat(length("a", 4)).isEqualTo(4);
    assertThat(length("a", 5)).isEqualTo(4);
  }

  @Test
  void theOneThatWasNotAskedForLongestIsForgotten() {
    for (int i = 0; i < ListLengths.MAX; i++) {
      length("list " + i, i);
    }
    assertThat(length("list 0", -1)).isZero();
    length("one more", 1);
    assertThat(length("list 0", -1)).as("asked for lately").isZero();
    assertThat(length("list 1", -1)).as("forgotten").isEqualTo(-1);
  }

  @Test
  void aPageIsOneStatementAndOneForItsEvidenceOnceTheLengthsAreKnown() {
    try (Database database = TestDatabase.open(folder.resolve("kydai.db"))) {
      ReportQueue queue =
          new ReportQueue(
              database, ReportOutbox.NONE, clock, List.of(new SearchIndex()), unfinished -> {});
      ReportSearch search = new ReportSearch(database, clock);
      SearchRequest request =
          new SearchRequest(
              null,
              null,
              Set.of(new CameraId("gate"), new CameraId("corner")),
              "crowding",
              ReportState.RECEIVED,
              null,
              List.of("gate", "crowding"),
              null,
              List.of(new ReportFilter.Part(null, null, null)),
              false);
      for (int i = 0; i < 5; i++) {
        queue.receive(Alerts.opened("a" + i), List.of());
      }
      assertThat(search.page(request, 50, null).reports()).hasSize(5);
      queue.receive(Alerts.opened("later"), List.of());
      long before = database.statements();
      assertThat(search.page(request, 50, null).reports())
          .as("what came in since is found")
          .hasSize(6);
      assertThat(database.statements() - before).isEqualTo(2);
      clock.advance(ListLengths.KEPT);
      assertThat(search.page(request, 50, null).reports()).hasSize(6);
      assertThat(database.statements() - before).as("counted anew").isGreaterThan(4);
    }
  }
}
