package io.kydai.console.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.TestClock;
import io.kydai.console.audit.Actor;
import io.kydai.console.reports.Alerts;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimsTest {
  private static final Actor LAN = new Actor(Actor.Kind.ACCOUNT, "01A", "lan");
  private static final Actor MINH = new Actor(Actor.Kind.ACCOUNT, "01B", "minh");

  @TempDir Path folder;
  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T09:00:00Z"));
  private final Claims claims = new Claims(clock);
  private final List<String> heard = new ArrayList<>();
  private Report report;

  @BeforeEach
  void open() {
    try (Database database = TestDatabase.open(folder.resolve("kydai.db"))) {
      report =
          new ReportQueue(database, ReportOutbox.NONE, clock)
              .receive(Alerts.opened("a1"), List.of());
    }
    claims.listen(
        new ClaimListener() {
          @Override
          public void claimed(Claim claim) {
            heard.add("claimed by " + claim.holder().name());
          }

          @Override
          public void released(Report released) {
            heard.add("released");
          }
        });
  }

  @Test
  void aReportIsWithOneReviewerUntilItIsReleased() {
    claims.claim(report, LAN, false);
    assertThatThrownBy(() -> claims.claim(report, MINH, false))
        .isInstanceOf(ClaimedException.class)
        .hasMessageContaining("lan has this report open since 2026-11-22T09:00:00Z");
    assertThat(claims.release(report.id(), MINH)).as("not the own").isFalse();
    assertThat(claims.release(report.id(), LAN)).isTrue();
    claims.claim(report, MINH, false);
    assertThat(heard).containsExactly("claimed by lan", "released", "claimed by minh");
  }

  @Test
  void aClaimThatIsNotRenewedEndsAndOneThatIsRenewedLasts() {
    claims.claim(report, LAN, false);
    clock.advance(Duration.ofSeconds(40));
    Claim renewed = claims.claim(report, LAN, false);
    assertThat(renewed.since()).isEqualTo(Instant.parse("2026-11-22T09:00:00Z"));
    clock.advance(Duration.ofSeconds(59));
    claims.expire();
    assertThat(claims.of(report.id())).isPresent();
    clock.advance(Duration.ofSeconds(1));
    assertThat(claims.of(report.id())).isEmpty();
    assertThat(claims.all()).isEmpty();
    claims.expire();
    assertThat(heard).containsExactly("claimed by lan", "claimed by lan", "released");
    claims.claim(report, MINH, false);
  }

  @Test
  void whoIsGoneHasNothing() {
    claims.claim(report, LAN, false);
    claims.releaseAll(MINH);
    assertThat(claims.of(report.id())).isPresent();
    claims.releaseAll(LAN);
    assertThat(claims.all()).isEmpty();
    assertThat(heard).containsExactly("claimed by lan", "released");
  }

  @Test
  void aReportCanBeTakenOver() {
    claims.claim(report, LAN, false);
    clock.advance(Duration.ofSeconds(5));
    Claim taken = claims.claim(report, MINH, true);
    assertThat(taken.since()).isEqualTo(clock.instant());
    assertThat(claims.of(report.id()).orElseThrow().holder()).isEqualTo(MINH);
    assertThat(claims.release(report.id(), LAN)).isFalse();
  }
}
