package io.kydai.console.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.kydai.console.TestClock;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import java.nio.file.Path;
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

class AuditLogTest {
  private static final Actor LAN = new Actor(Actor.Kind.ACCOUNT, "01A", "lan");
  private static final Actor MINH = new Actor(Actor.Kind.ACCOUNT, "01B", "minh");
  private static final RequestOrigin DESK = new RequestOrigin("10.0.0.7", "r-1");

  @TempDir Path folder;
  private final TestClock clock = new TestClock(Instant.parse("2026-11-28T09:00:00.123Z"));
  private Database database;
  private AuditLog audit;

  @BeforeEach
  void open() {
    database = TestDatabase.open(folder.resolve("kydai.db"));
    audit = new AuditLog(database, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static AuditEvent moved(Actor actor, String camera) {
    return AuditEvent.of(AuditEventType.AREA_CHANGED, actor, DESK).camera(camera);
  }

  private List<Long> numbers(AuditFilter filter) {
    return audit.list(filter).entries().stream().map(AuditEntry::number).toList();
  }

  private void sql(String text) {
    database.inTransaction(db -> db.execute(text));
  }

  @Test
  void anEventComesBackAsItWas() {
    audit.append(
        AuditEvent.of(AuditEventType.REPORT_ACTED, LAN, DESK)
            .camera("gate")
            .report("01R")
            .reason("đúng là kẹt xe")
            .detail("action", "verify")
            .detail("before", "received")
            .detail("agency", null));
    AuditEntry entry = audit.list(AuditFilter.all(10)).entries().get(0);
    assertThat(entry.json())
        .isEqualTo(
            "{\"actor\":{\"id\":\"01A\",\"kind\":\"account\",\"name\":\"lan\"},\"address\":"
                + "\"10.0.0.7\",\"at\":\"2026-11-28T09:00:00.123Z\",\"camera\":\"gate\",\"details\":"
                + "{\"action\":\"verify\",\"before\":\"received\"},\"hash\":\""
                + entry.hash()
                + "\",\"number\":1,\"previous\":\""
                + "0".repeat(64)
                + "\",\"reason\":\"đúng là kẹt xe\",\"report\":\"01R\",\"request\":\"r-1\",\"type\":"
                + "\"report.acted\"}");
  }

  @Test
  void anEntryIsCommittedWithItsActionAndNotWithoutIt() {
    audit.append(moved(LAN, "a"));
    assertThatThrownBy(
            () ->
                database.inTransaction(
                    db -> {
                      audit.append(db, moved(LAN, "b"));
                      throw new IllegalStateException("the action fails");
                    }))
        .hasMessage("the action fails");
    audit.append(moved(LAN, "c"));
    assertThat(audit.list(AuditFilter.all(10)).entries())
        .extracting(AuditEntry::number, AuditEntry::camera)
        .containsExactly(tuple(2L, "c"), tuple(1L, "a"));
    assertThat(audit.verify().whole()).isTrue();
  }

  @Test
  void aTransactionMayHaveSeveralEntries() {
    database.inTransaction(
        db -> {
          audit.append(db, moved(LAN, "a"));
          audit.append(db, moved(LAN, "b"));
          return true;
        });
    assertThat(audit.verify()).isEqualTo(new Verification(2, 1, 2, newest().hash(), null));
  }

  private AuditEntry newest() {
    return audit.list(AuditFilter.all(1)).entries().get(0);
  }

  @Test
  void pagesDoNotMoveWhileEntriesAreAppended() {
    for (int i = 0; i < 5; i++) {
      audit.append(moved(LAN, "c" + i));
    }
    AuditPage first = audit.list(AuditFilter.all(2));
    audit.append(moved(LAN, "late"));
    AuditPage second = audit.list(page(2, first.next()));
    AuditPage third = audit.list(page(2, second.next()));
    assertThat(first.entries()).extracting(AuditEntry::number).containsExactly(5L, 4L);
    assertThat(second.entries()).extracting(AuditEntry::number).containsExactly(3L, 2L);
    assertThat(third.entries()).extracting(AuditEntry::number).containsExactly(1L);
    assertThat(third.next()).isNull();
  }

  private static AuditFilter page(int limit, @Nullable String cursor) {
    return new AuditFilter(null, null, null, null, null, null, limit, cursor);
  }

  @Test
  void aSearchFindsWhatFulfilsEveryCondition() {
    audit.append(moved(LAN, "a"));
    clock.advance(Duration.ofMinutes(1));
    Instant second = clock.instant();
    audit.append(moved(MINH, "a"));
    clock.advance(Duration.ofMinutes(1));
    audit.append(AuditEvent.of(AuditEventType.REPORT_VIEWED, LAN, DESK).camera("b").report("01R"));
    assertThat(numbers(filter(second, null, null, null, null, null))).containsExactly(3L, 2L);
    assertThat(numbers(filter(null, second, null, null, null, null))).containsExactly(1L);
    assertThat(numbers(filter(null, null, "lan", null, null, null))).containsExactly(3L, 1L);
    assertThat(numbers(filter(null, null, "01B", null, null, null))).containsExactly(2L);
    assertThat(numbers(filter(null, null, null, AuditEventType.AREA_CHANGED, null, null)))
        .containsExactly(2L, 1L);
    assertThat(numbers(filter(null, null, "lan", null, "a", null))).containsExactly(1L);
    assertThat(numbers(filter(null, null, null, null, null, "01R"))).containsExactly(3L);
  }

  private static AuditFilter filter(
      @Nullable Instant since,
      @Nullable Instant until,
      @Nullable String actor,
      @Nullable AuditEventType type,
      @Nullable String camera,
      @Nullable String report) {
    return new AuditFilter(since, until, actor, type, camera, report, 10, null);
  }

  @Test
  void aWrongLimitOrCursorIsNamed() {
    for (int limit : new int[] {0, 501}) {
      assertThatThrownBy(() -> audit.list(AuditFilter.all(limit)))
          .isInstanceOf(InvalidAuditFilterException.class)
          .hasMessage("1 to 500 is expected");
    }
    for (String cursor : List.of("", "0", "-1", "x", "1".repeat(19))) {
      assertThatThrownBy(() -> audit.list(page(1, cursor)))
          .isInstanceOf(InvalidAuditFilterException.class);
    }
  }

  @Test
  void everyKindOfTamperingIsFound() {
    List<String> deeds =
        List.of(
            "UPDATE audit SET actor_name = 'minh' WHERE number = 3",
            "UPDATE audit SET at = at + 1 WHERE number = 3",
            "UPDATE audit SET details = '{}' WHERE number = 3",
            "UPDATE audit SET camera = NULL WHERE number = 3",
            "UPDATE audit SET type = 'other' WHERE number = 3",
            "UPDATE audit SET hash = '" + "a".repeat(64) + "' WHERE number = 3",
            "UPDATE audit SET previous = 'zz' WHERE number = 3",
            "DELETE FROM audit WHERE number = 3",
            "DELETE FROM audit WHERE number < 3",
            "UPDATE audit SET number = 30 WHERE number = 3");
    for (String deed : deeds) {
      sql("DELETE FROM audit");
      for (int i = 0; i < 5; i++) {
        audit.append(moved(LAN, "gate").detail("changes", Map.of("pan", i)));
      }
      assertThat(audit.verify().fault()).as("before: " + deed).isNull();
      sql(deed);
      assertThat(audit.verify().fault()).as(deed).startsWith("entry ");
    }
  }

  @Test
  void aForgedEntryWithTheRightHashOfItsOwnBreaksTheNext() {
    audit.append(moved(LAN, "a"));
    audit.append(moved(LAN, "b"));
    AuditEntry forged = AuditEntry.of(moved(MINH, "a"), 1, clock.instant(), AuditEntry.GENESIS);
    sql("DELETE FROM audit WHERE number = 1");
    database.inTransaction(
        db -> {
          AuditTable.insert(db, forged);
          return true;
        });
    assertThat(audit.verify().fault())
        .isEqualTo("entry 2: its previous hash is not that of the entry before");
  }

  @Test
  void aLongChainIsVerifiedPageByPage() {
    database.inTransaction(
        db -> {
          for (int i = 0; i < 2 * AuditLog.BATCH; i++) {
            audit.append(db, moved(LAN, "a"));
          }
          return true;
        });
    Verification whole = audit.verify();
    assertThat(whole.whole()).isTrue();
    assertThat(whole.entries()).isEqualTo(2L * AuditLog.BATCH);
  }

  @Test
  void theChainWithoutItsOldestEntriesIsVerifiable() {
    for (int i = 0; i < 6; i++) {
      audit.append(moved(LAN, "c" + i));
      clock.advance(Duration.ofDays(1));
    }
    Instant third = Instant.parse("2026-11-30T09:00:00.123Z");
    assertThat(audit.removeBefore(third)).isEqualTo(2);
    assertThat(numbers(AuditFilter.all(10))).containsExactly(7L, 6L, 5L, 4L, 3L);
    assertThat(newest().type()).isEqualTo("audit.checkpoint");
    assertThat(audit.verify()).isEqualTo(new Verification(5, 3, 7, newest().hash(), null));
    assertThat(audit.removeBefore(third)).isZero();
    assertThat(newest().number()).isEqualTo(7);

    assertThat(audit.removeBefore(third.plus(Duration.ofDays(1)))).isEqualTo(1);
    assertThat(audit.verify().whole()).isTrue();
  }

  @Test
  void theChainIsVerifiableWhenAllEntriesAreOld() {
    audit.append(moved(LAN, "a"));
    clock.advance(Duration.ofDays(1));
    assertThat(audit.removeBefore(clock.instant())).isEqualTo(1);
    assertThat(audit.verify()).isEqualTo(new Verification(1, 2, 2, newest().hash(), null));
  }

  @Test
  void removingMoreThanTheRetentionDidIsFound() {
    for (int i = 0; i < 4; i++) {
      audit.append(moved(LAN, "c" + i));
      clock.advance(Duration.ofDays(1));
    }
    audit.removeBefore(Instant.parse("2026-11-29T00:00:00Z"));
    sql("DELETE FROM audit WHERE number = 2");
    assertThat(audit.verify().fault())
        .isEqualTo(
            "entry 3: it is the oldest, and no checkpoint says that those before were removed");
  }

  @Test
  void longTextsAreCutWithAMark() {
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      many.add("phường " + i);
    }
    audit.append(
        AuditEvent.of(
                AuditEventType.CAMERA_ADDED,
                new Actor(Actor.Kind.ACCOUNT, "1", "n".repeat(300)),
                new RequestOrigin("a".repeat(500), null))
            .reason("r".repeat(3_000))
            .detail("after", Map.of("rules", many)));
    AuditEntry entry = newest();
    assertThat(entry.actorName()).hasSize(200).endsWith("…");
    assertThat(entry.address()).hasSize(100).endsWith("…");
    assertThat(entry.reason()).hasSize(2_000).endsWith("…");
    assertThat(entry.details().length()).isLessThan(2_000);
    assertThat(entry.details()).startsWith("{\"after\":{\"cut\":\"{\\\"rules").endsWith("…\"}}");
    assertThat(audit.verify().whole()).isTrue();
  }

  @Test
  void aNameThatADatabaseCannotStoreIsReplaced() {
    audit.append(moved(Actor.anonymous("a\0b\ud800c😀"), "gate"));
    assertThat(newest().actorName()).isEqualTo("a\ufffdb\ufffdc😀");
    assertThat(audit.verify().whole()).isTrue();
  }

  @Test
  void onlyDeclaredDetailsAreRecorded() {
    assertThatThrownBy(() -> moved(LAN, "a").detail("password", "x"))
        .hasMessageContaining("area.changed")
        .hasMessageContaining("'password'");
    assertThatThrownBy(() -> moved(LAN, "a").detail("changes", "left"))
        .hasMessageContaining("cannot be a String");
  }

  @Test
  void theEntriesOfAnEarlierProcessAreContinued() {
    audit.append(moved(LAN, "a"));
    database.close();
    open();
    audit.append(moved(LAN, "b"));
    assertThat(audit.verify()).isEqualTo(new Verification(2, 1, 2, newest().hash(), null));
  }
}
