package io.kydai.console.node;

import static io.kydai.console.reports.Alerts.START;
import static io.kydai.console.reports.Alerts.opened;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.AlertId;
import io.kydai.console.TestClock;
import io.kydai.console.activity.ActivityReader;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.config.StorageConfig;
import io.kydai.console.http.api.RecordedCamera;
import io.kydai.console.recordings.AlertDays;
import io.kydai.console.recordings.DeletionList;
import io.kydai.console.recordings.Holds;
import io.kydai.console.recordings.RecordingLibrary;
import io.kydai.console.recordings.RecordingTable;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportId;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.evidence.EvidenceFolder;
import io.kydai.streaming.evidence.EvidenceItem;
import io.kydai.streaming.mp4.SampleTable;
import io.kydai.streaming.playback.SegmentFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveredClipsTest {
  @TempDir Path data;
  private final TestClock clock = new TestClock(START.plusSeconds(2));
  private EvidenceFolder folder;
  private Database database;
  private RecordingTable index;
  private RecordingLibrary library;
  private ReportQueue reports;

  @BeforeEach
  void open() {
    folder = new EvidenceFolder(data.resolve("evidence"));
    database = TestDatabase.open(data.resolve("kydai.db"));
    index = new RecordingTable(database, clock);
    AuditLog audit = new AuditLog(database, clock);
    library =
        new RecordingLibrary(
            SegmentFiles.in(data.resolve("recordings")),
            index,
            new Holds(database, audit, clock),
            new DeletionList(database),
            new ActivityReader(data.resolve("activity")),
            new AlertDays(database),
            Optional::empty);
    reports = new ReportQueue(database, ReportOutbox.NONE, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** An alert whose snapshot is on the disk, and whose clip is being cut. */
  private ReportId alert(String id, String... names) throws IOException {
    for (String name : names) {
      folder.add(AlertId.of(id), START, name, new byte[] {1});
    }
    return reports.receive(opened(id), List.of()).id();
  }

  private List<String> recovered(ReportId id) {
    RecoveredClips.recover(folder, reports, library, StorageConfig.DEFAULT);
    return reports.find(id).map(Report::evidence).orElseThrow().stream()
        .map(EvidenceItem::name)
        .toList();
  }

  @Test
  void aClipThatWasBeingCutIsCutFromTheRecordingUpToTheCrash() throws Exception {
    ReportId id = alert("a1", "snapshot.jpg");
    CameraId camera = reports.find(id).orElseThrow().origin().camera();
    // Ten seconds before the alert and four behind it, where the power went.
    RecordedCamera.record(
        data.resolve("recordings"), index, camera, START.minusSeconds(10), 500, 350);

    assertThat(recovered(id)).containsExactly("clip.mp4");

    Path clip = folder.find(AlertId.of("a1"), "clip.mp4").orElseThrow();
    assertThat(folder.describe(AlertId.of("a1"), "clip.mp4"))
        .contains(reports.find(id).orElseThrow().evidence().get(0));
    try (FileChannel file = FileChannel.open(clip)) {
      // From five seconds before to four after, and at most a group of pictures more.
      assertThat(SampleTable.read(file).sizes().length).isBetween(225, 275);
    }
    assertThat(recovered(id)).as("once").containsExactly("clip.mp4");
  }

  @Test
  void whatWasNotRecordedOrHasItsObservationsStaysAsItIs() throws Exception {
    ReportId unrecorded = alert("a1", "snapshot.jpg");
    assertThat(recovered(unrecorded)).isEmpty();

    ReportId whole = alert("a2", "snapshot.jpg", "observations.json");
    CameraId camera = reports.find(whole).orElseThrow().origin().camera();
    RecordedCamera.record(
        data.resolve("recordings"), index, camera, START.minusSeconds(10), 500, 350);
    assertThat(recovered(whole)).isEmpty();
    assertThat(folder.find(AlertId.of("a2"), "clip.mp4")).isEmpty();
  }
}
