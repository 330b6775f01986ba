package io.kydai.console.node;

import io.kydai.analytics.Analytics;
import io.kydai.analytics.pipeline.AnalysisStatus;
import io.kydai.console.http.api.camera.CameraView;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.api.live.WebRtc;
import io.kydai.console.http.api.site.Health;
import io.kydai.console.store.Database;
import io.kydai.console.store.StoreException;
import io.kydai.ingest.Ingest;
import io.kydai.ingest.status.CameraState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The health of this node's roles. A camera that does not send is no fault of a role; it is
 * reported in the camera's own status.
 */
final class RoleHealth implements Health {
  /** The time that a camera may be live before its pictures must be analysed. */
  private static final Duration ANALYSIS_DELAY = Duration.ofSeconds(30);

  /** The time within which an event loop must run a task. */
  private static final Duration LOOP_TIMEOUT = Duration.ofSeconds(1);

  private static final long MIN_SPACE = 64L * 1024 * 1024;

  private final Ingest ingest;
  private final Analytics analysis;
  private final Cameras cameras;
  private final Path evidence;
  private final Database database;
  private final ReportIntake intake;
  private final WebRtc webRtc;
  private final Clock clock;

  RoleHealth(
      Ingest ingest,
      Analytics analysis,
      Cameras cameras,
      Path evidence,
      Database database,
      ReportIntake intake,
      WebRtc webRtc,
      Clock clock) {
    this.ingest = ingest;
    this.analysis = analysis;
    this.cameras = cameras;
    this.evidence = evidence;
    this.database = database;
    this.intake = intake;
    this.webRtc = webRtc;
    this.clock = clock;
  }

  @Override
  public SortedMap<String, Optional<String>> roles() {
    SortedMap<String, Optional<String>> roles = new TreeMap<>();
    roles.put("ingest", ingest());
    roles.put("analytics", analytics());
    roles.put("streaming", streaming());
    roles.put("console", console());
    return roles;
  }

  @Override
  public List<String> notes() {
    return webRtc.note().stream().toList();
  }

  private Optional<String> ingest() {
    return ingest.responds(LOOP_TIMEOUT)
        ? Optional.empty()
        : Optional.of("an event loop did not answer within " + LOOP_TIMEOUT.toSeconds() + " s");
  }

  private Optional<String> analytics() {
    if (!analysis.isAlive()) {
      return Optional.of("a thread that decodes or analyses has ended");
    }
    List<CameraView> live =
        cameras.all().stream()
            .filter(camera -> camera.status().state() == CameraState.LIVE)
            .filter(
                camera -> camera.status().since().isBefore(clock.instant().minus(ANALYSIS_DELAY)))
            .toList();
    boolean stuck =
        !live.isEmpty()
            && live.stream().map(CameraView::analysis).noneMatch(RoleHealth::isAnalysing);
    return stuck ? Optional.of("cameras are live, but no picture is analysed") : Optional.empty();
  }

  private static boolean isAnalysing(@Nullable AnalysisStatus status) {
    return status != null && status.fps() > 0;
  }

  private Optional<String> streaming() {
    if (!Files.isDirectory(evidence) || !Files.isWritable(evidence)) {
      return Optional.of("the evidence folder is missing or not writable");
    }
    try {
      return Files.getFileStore(evidence).getUsableSpace() < MIN_SPACE
          ? Optional.of("the disk of the evidence folder is full")
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of("the free space of the evidence folder's disk cannot be determined");
    }
  }

  private Optional<String> console() {
    try {
      database.inSnapshot(db -> db.createQuery("SELECT 1").mapTo(Integer.class).one());
    } catch (StoreException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
    return database.fault().or(intake::fault);
  }
}
