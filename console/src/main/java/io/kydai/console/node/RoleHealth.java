package io.kydai.console.node;

import io.kydai.analytics.Analytics;
import io.kydai.analytics.pipeline.AnalysisStatus;
import io.kydai.console.http.api.CameraView;
import io.kydai.console.http.api.Cameras;
import io.kydai.console.http.api.Health;
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
 * How this node's roles are. A camera that is away is the camera's fault and no role's; its own
 * status tells of it.
 */
final class RoleHealth implements Health {
  /** How long a camera may be live before its pictures must have been analysed. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** How long an event loop may take to take up work. */
  private static final Duration PROMPTLY = Duration.ofSeconds(1);

  private static final long LEAST_SPACE = 64L * 1024 * 1024;

  private final Ingest ingest;
  private final Analytics analysis;
  private final Cameras cameras;
  private final Path evidence;
  private final Database database;
  private final ReportIntake intake;
  private final Clock clock;

  RoleHealth(
      Ingest ingest,
      Analytics analysis,
      Cameras cameras,
      Path evidence,
      Database database,
      ReportIntake intake,
      Clock clock) {
    this.ingest = ingest;
    this.analysis = analysis;
    this.cameras = cameras;
    this.evidence = evidence;
    this.database = database;
    this.intake = intake;
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

  private Optional<String> ingest() {
    return ingest.responds(PROMPTLY)
        ? Optional.empty()
        : Optional.of("an event loop did not answer within " + PROMPTLY.toSeconds() + " s");
  }

  private Optional<String> analytics() {
    if (!analysis.isAlive()) {
      return Optional.of("a thread that decodes or analyses has ended");
    }
    List<CameraView> live =
        cameras.all().stream()
            .filter(camera -> camera.status().state() == CameraState.LIVE)
            .filter(camera -> camera.status().since().isBefore(clock.instant().minus(PATIENCE)))
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
      return Optional.of("the evidence folder is missing or cannot be written to");
    }
    try {
      return Files.getFileStore(evidence).getUsableSpace() < LEAST_SPACE
          ? Optional.of("the disk of the evidence folder is full")
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of("the evidence folder's disk cannot be asked");
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
