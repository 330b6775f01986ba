package io.kydai.console.cameras;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.TestClock;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.status.CameraState;
import io.kydai.ingest.status.CameraStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CameraHandoversTest {
  private static final CameraId GATE = new CameraId("gate");
  private static final Instant NOW = Instant.parse("2026-11-29T08:00:00Z");

  @TempDir Path folder;
  private final TestClock clock = new TestClock(NOW);
  private Database database;
  private CameraHandovers handovers;

  @BeforeEach
  void open() {
    database = TestDatabase.open(folder.resolve("kydai.db"));
    handovers = new CameraHandovers(database, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void handOver(@Nullable String fault) {
    handovers.put(
        new CameraHandover(GATE, "Electricians", "", "Lan", clock.instant(), fault),
        AuditEvent.of(AuditEventType.CAMERA_HANDED_OVER, Actor.SYSTEM, RequestOrigin.NONE)
            .detail("to", "Electricians"));
  }

  private static Function<CameraId, Optional<CameraStatus>> in(CameraState state, Instant since) {
    return camera -> Optional.of(new CameraStatus(camera, state, since, 0, 0, null, null, 0));
  }

  @Test
  void a_fault_is_over_when_the_camera_was_live_for_a_minute_since() {
    handOver("unreachable");
    Instant back = NOW.plusSeconds(10);
    clock.advance(Duration.ofSeconds(69));
    assertThat(handovers.over(in(CameraState.LIVE, back))).as("59 s").isEmpty();
    assertThat(handovers.over(in(CameraState.LIVE, NOW.minusSeconds(600))))
        .as("live since before: a state that is not of this fault's end")
        .isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(handovers.over(in(CameraState.LIVE, back)))
        .singleElement()
        .extracting(CameraHandover::camera)
        .isEqualTo(GATE);
    assertThat(handovers.over(in(CameraState.CONNECTING, back))).isEmpty();
    assertThat(handovers.over(camera -> Optional.empty())).as("no connection").isEmpty();
  }

  @Test
  void what_was_handed_over_while_the_camera_was_live_ends_by_hand() {
    handOver(null);
    clock.advance(Duration.ofMinutes(5));
    assertThat(handovers.over(in(CameraState.LIVE, NOW.plusSeconds(10)))).isEmpty();
  }

  @Test
  void a_restart_keeps_it_until_it_is_ended() {
    handOver("unreachable");
    handovers = new CameraHandovers(database, clock);
    assertThat(handovers.find(GATE).orElseThrow().to()).isEqualTo("Electricians");
    AuditEvent ended =
        AuditEvent.of(AuditEventType.CAMERA_HANDOVER_ENDED, Actor.SYSTEM, RequestOrigin.NONE)
            .detail("to", "Electricians")
            .detail("cause", "well");
    assertThat(handovers.end(GATE, ended)).isTrue();
    assertThat(handovers.end(GATE, ended)).isFalse();
    assertThat(new CameraHandovers(database, clock).find(GATE)).isEmpty();
  }
}
