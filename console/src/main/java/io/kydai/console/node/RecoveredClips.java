package io.kydai.console.node;

import io.kydai.analytics.alert.AlertId;
import io.kydai.console.config.StorageConfig;
import io.kydai.console.recordings.RecordingLibrary;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportQueue;
import io.kydai.streaming.evidence.EvidenceFolder;
import io.kydai.streaming.evidence.EvidenceItem;
import io.kydai.streaming.export.ExportedVideo;
import io.kydai.streaming.recording.index.Segment;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts at a node's start, from the recordings, the clips that were being cut when the process
 * before ended: their pictures were in its memory. A clip has what the disk has of it, up to the
 * crash; of a camera that was not recorded there is none.
 *
 * <p>Of the newest {@value #DAYS} days that have evidence the {@value #MOST} newest alerts are
 * looked at that have neither a clip nor the observations, which come behind it even where there
 * was no picture for one.
 */
final class RecoveredClips {
  static final int MOST = 64;
  private static final int DAYS = 2;
  private static final int MOST_SEGMENTS = 100;

  /** As a clip that is cut from memory has. */
  private static final long MOST_BYTES = 64L << 20;

  /** An alert that opens later than this after its start has a clip that begins later. */
  private static final Duration LATEST = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(RecoveredClips.class);

  private final EvidenceFolder folder;
  private final RecordingLibrary recordings;
  private final StorageConfig rolls;

  private RecoveredClips(EvidenceFolder folder, RecordingLibrary recordings, StorageConfig rolls) {
    this.folder = folder;
    this.recordings = recordings;
    this.rolls = rolls;
  }

  /** Cuts what is missing, before cameras send anything, and tells the reports of it. */
  static void recover(
      EvidenceFolder folder,
      ReportQueue reports,
      RecordingLibrary recordings,
      StorageConfig rolls) {
    RecoveredClips clips = new RecoveredClips(folder, recordings, rolls);
    folder.alerts(DAYS).stream()
        .filter(clips::hasNone)
        .flatMap(alert -> reports.ofAlert(alert).stream())
        .sorted(Comparator.comparing((Report report) -> report.times().receivedAt()).reversed())
        .limit(MOST)
        .forEach(report -> clips.recover(report, reports));
  }

  private boolean hasNone(AlertId alert) {
    List<String> names = folder.names(alert);
    return Stream.of("clip.mp4", "observations.json").noneMatch(names::contains);
  }

  private void recover(Report report, ReportQueue reports) {
    AlertId alert = report.origin().alert();
    try {
      EvidenceItem item = cut(report);
      if (item != null) {
        reports.addEvidence(alert, item);
        LOG.warn("the clip of alert {} was lost, and is cut anew from the recording", alert);
      }
    } catch (IOException | RuntimeException e) {
      LOG.error("the clip of alert {}, which was lost, cannot be cut from the recording", alert, e);
    }
  }

  private @Nullable EvidenceItem cut(Report report) throws IOException {
    Instant received = report.times().receivedAt();
    Instant to = received.plus(rolls.postRoll());
    Instant earliest = received.minus(LATEST);
    Instant started = report.times().startedAt();
    Instant start = started.isBefore(earliest) ? earliest : started;
    for (Instant from : List.of(start.minus(rolls.preRoll()), received)) {
      Optional<ExportedVideo> video = recorded(report, from, to);
      if (video.isPresent() && video.get().size() <= MOST_BYTES) {
        return folder.addClip(
            report.origin().alert(), started, out -> video.get().write(out, written -> {}));
      }
    }
    return null;
  }

  private Optional<ExportedVideo> recorded(Report report, Instant from, Instant to)
      throws IOException {
    List<Segment> segments =
        to.isAfter(from)
            ? recordings.shown(report.origin().camera(), from, to, MOST_SEGMENTS)
            : List.of();
    return segments.isEmpty()
        ? Optional.empty()
        : Optional.of(ExportedVideo.open(recordings.files(), segments, from, to, false))
            .filter(video -> video.size() > 0);
  }
}
