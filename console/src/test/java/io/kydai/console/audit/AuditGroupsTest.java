package io.kydai.console.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.TestClock;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditGroupsTest {
  private static final Actor LAN = new Actor(Actor.Kind.ACCOUNT, "01A", "lan");
  private static final Actor MINH = new Actor(Actor.Kind.ACCOUNT, "01B", "minh");
  private static final RequestOrigin DESK = new RequestOrigin("10.0.0.7", "r-1");

  @TempDir Path folder;
  private final TestClock clock = new TestClock(Instant.parse("2026-11-28T09:00:00Z"));
  private Database database;
  private AuditLog audit;
  private AuditGroups groups;

  @BeforeEach
  void open() {
    database = TestDatabase.open(folder.resolve("kydai.db"));
    audit = new AuditLog(database, clock);
    groups = new AuditGroups(database, audit, clock);
  }

  @AfterEach
  void close() {
    groups.close();
    database.close();
  }

  /** Takes up the database as the next process does after this one was killed. */
  private void killAndStart() {
    groups = new AuditGroups(database, audit, clock);
  }

  private static AuditEvent live(Actor actor, String camera) {
    return AuditEvent.of(AuditEventType.LIVE_VIEWED, actor, DESK).camera(camera);
  }

  private static AuditEvent snapshot(Actor actor, String camera, String request) {
    return AuditEvent.of(
            AuditEventType.SNAPSHOT_VIEWED, actor, new RequestOrigin("10.0.0.7", request))
        .camera(camera);
  }

  /** Returns the entries as "camera details", oldest first, without the ids of viewings. */
  private List<String> entries() {
    List<String> texts = new ArrayList<>();
    for (AuditEntry entry : audit.list(AuditFilter.all(100)).entries()) {
      texts.add(
          0,
          entry.camera()
              + " "
              + entry
                  .details()
                  .replaceAll(",\"viewing\":\"[0-9A-Z]{26}\"", "")
                  .replaceAll("2026-11-(28T|29T)|:00.000Z|\"", ""));
    }
    return texts;
  }

  @Test
  void aViewingHasOneEntryWithItsSpan() {
    AuditGroups.Viewing viewing = groups.view(live(LAN, "gate"));
    clock.advance(Duration.ofMinutes(10));
    groups.save();
    clock.advance(Duration.ofMinutes(2));
    viewing.end();
    clock.advance(Duration.ofMinutes(1));
    assertThat(entries()).isEmpty();
    groups.save();
    groups.save();
    assertThat(entries()).containsExactly("gate {ended:true,since:09:00,until:09:12}");
    assertThat(groups.size()).isZero();
  }

  @Test
  void aLongViewingHasAnEntryForEachHour() {
    AuditGroups.Viewing viewing = groups.view(live(LAN, "gate"));
    for (int minute = 0; minute < 130; minute++) {
      clock.advance(Duration.ofMinutes(1));
      groups.save();
    }
    viewing.end();
    groups.save();
    assertThat(entries())
        .containsExactly(
            "gate {ended:false,since:09:00,until:10:00}",
            "gate {ended:false,since:10:00,until:11:00}",
            "gate {ended:true,since:11:00,until:11:10}");
    assertThat(
            audit.list(AuditFilter.all(9)).entries().stream()
                .map(entry -> entry.details().replaceAll(".*\"viewing\":\"([^\"]+)\".*", "$1"))
                .distinct())
        .hasSize(1);
  }

  @Test
  void aViewingOfAKilledProcessIsKnown() {
    groups.view(live(LAN, "gate"));
    clock.advance(Duration.ofMinutes(3));
    groups.save();
    clock.advance(Duration.ofHours(5));
    killAndStart();
    assertThat(entries())
        .containsExactly("gate {ended:true,interrupted:true,since:09:00,until:09:03}");
    killAndStart();
    assertThat(entries()).hasSize(1);
    assertThat(audit.verify().whole()).isTrue();
  }

  @Test
  void whatAProcessBeganJustBeforeItWasKilledIsKnown() {
    groups.view(live(LAN, "gate"));
    groups.count(snapshot(LAN, "yard", "r-1"));
    killAndStart();
    assertThat(entries())
        .containsExactly(
            "gate {ended:true,interrupted:true,since:09:00,until:09:00}",
            "yard {count:1,interrupted:true,since:09:00,until:09:00}");
  }

  @Test
  void picturesOfOneCallerAndCameraAreCounted() {
    for (int i = 0; i < 5; i++) {
      groups.count(snapshot(LAN, "gate", "r-" + i));
      clock.advance(Duration.ofMinutes(1));
    }
    groups.count(snapshot(LAN, "gate", "late"));
    groups.count(snapshot(MINH, "gate", "r"));
    groups.count(snapshot(LAN, "yard", "r"));
    groups.save();
    assertThat(entries()).containsExactly("gate {count:5,since:09:00,until:09:04}");
    clock.advance(Duration.ofMinutes(5));
    groups.save();
    assertThat(entries())
        .containsExactly(
            "gate {count:5,since:09:00,until:09:04}",
            "gate {count:1,since:09:05,until:09:05}",
            "gate {count:1,since:09:05,until:09:05}",
            "yard {count:1,since:09:05,until:09:05}");
    assertThat(audit.list(AuditFilter.all(9)).entries().get(3).request()).isEqualTo("r-0");
  }

  @Test
  void aTokenHasOneEntryAnHour() {
    Actor token = new Actor(Actor.Kind.TOKEN, "01T", "traffic desk");
    for (int second = 0; second < 3_600; second += 10) {
      groups.count(AuditEvent.of(AuditEventType.TOKEN_USED, token, DESK));
      clock.advance(Duration.ofSeconds(10));
      groups.save();
    }
    assertThat(entries()).containsExactly("null {count:360,since:09:00,until:09:59:50.000Z}");
  }

  @Test
  void countsOfAnOpenGroupSurviveAKilledProcess() {
    groups.count(snapshot(LAN, "gate", "a"));
    groups.count(snapshot(LAN, "gate", "b"));
    groups.save();
    killAndStart();
    assertThat(entries())
        .containsExactly("gate {count:2,interrupted:true,since:09:00,until:09:00}");
  }

  @Test
  void anOrderlyEndAppendsEverything() {
    groups.view(live(LAN, "gate"));
    groups.count(snapshot(LAN, "yard", "a"));
    clock.advance(Duration.ofMinutes(1));
    groups.close();
    killAndStart();
    assertThat(entries())
        .containsExactly(
            "gate {ended:true,since:09:00,until:09:01}", "yard {count:1,since:09:00,until:09:00}");
  }

  @Test
  void viewsGoOnWhileTheDatabaseFailsAndAreWrittenLater() {
    Database failing = TestDatabase.open(folder.resolve("other.db"));
    AuditGroups waiting = new AuditGroups(failing, new AuditLog(failing, clock), clock);
    failing.close();
    AuditGroups.Viewing viewing = waiting.view(live(LAN, "gate"));
    waiting.count(snapshot(LAN, "gate", "a"));
    waiting.count(snapshot(LAN, "gate", "b"));
    viewing.end();
    assertThat(waiting.size()).isEqualTo(2);
    assertThatThrownBy(waiting::save).hasMessage("the database is closed");
    assertThat(waiting.size()).isEqualTo(2);
    waiting.close();
  }

  @Test
  void anEventBeyondTheBoundHasAnEntryOfItsOwn() {
    for (int i = 0; i < 3; i++) {
      groups.view(live(LAN, "c" + i));
    }
    AuditGroups small = new AuditGroups(database, audit, clock, 1);
    small.count(snapshot(LAN, "a", "r"));
    small.count(snapshot(LAN, "b", "r"));
    small.view(live(LAN, "c")).end();
    assertThat(small.size()).isEqualTo(1);
    assertThat(entries().subList(3, 5))
        .containsExactly(
            "b {count:1,since:09:00,until:09:00}", "c {ended:true,since:09:00,until:09:00}");
  }

  @Test
  void countsOfManyThreadsAreWhole() throws InterruptedException {
    int threads = 4;
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> all = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  start.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                for (int i = 0; i < 500; i++) {
                  groups.count(snapshot(LAN, "gate", "r"));
                  if (i % 100 == 0) {
                    groups.save();
                  }
                }
              });
      all.add(thread);
      thread.start();
    }
    start.countDown();
    for (Thread thread : all) {
      thread.join();
    }
    clock.advance(Duration.ofMinutes(5));
    groups.save();
    assertThat(entries()).containsExactly("gate {count:2000,since:09:00,until:09:00}");
    killAndStart();
    assertThat(entries()).hasSize(1);
  }

  @Test
  void aTypeThatIsNotGroupedIsRefused() {
    AuditEvent changed = AuditEvent.of(AuditEventType.AREA_CHANGED, LAN, DESK);
    assertThatThrownBy(() -> groups.count(changed)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> groups.view(changed)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> groups.count(live(LAN, "gate")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
