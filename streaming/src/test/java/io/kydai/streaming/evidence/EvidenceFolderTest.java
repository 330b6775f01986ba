package io.kydai.streaming.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.AlertId;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceFolderTest {
  private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");

  @TempDir Path data;

  private EvidenceItem write(EvidenceFolder folder, String alert, Instant start, String name)
      throws Exception {
    return folder.write(
        AlertId.of(alert),
        start,
        name,
        "video/mp4",
        out -> out.write(ByteBuffer.wrap("clip".getBytes(UTF_8))));
  }

  @Test
  void everythingInItIsItsOwnersAlone() throws Exception {
    Path root = Files.createDirectories(data.resolve("evidence"));
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    write(new EvidenceFolder(root), "a1", START, "clip.mp4");
    try (var all = Files.walk(root)) {
      for (Path path : all.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .as("%s", path)
            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
      }
    }
  }

  @Test
  void theAlertsOfTheNewestDaysAreListedWithTheirFiles() throws Exception {
    EvidenceFolder folder = new EvidenceFolder(data);
    write(folder, "old", START.minus(3, ChronoUnit.DAYS), "clip.mp4");
    write(folder, "a1", START, "clip.mp4");
    write(folder, "a1", START, "snapshot.jpg");
    write(folder, "a2", START.minus(1, ChronoUnit.DAYS), "clip.mp4");
    assertThat(folder.alerts(2)).containsExactlyInAnyOrder(AlertId.of("a1"), AlertId.of("a2"));
    assertThat(folder.names(AlertId.of("a1")))
        .containsExactlyInAnyOrder("clip.mp4", "snapshot.jpg");
    assertThat(folder.names(AlertId.of("none"))).isEmpty();
  }

  @Test
  void aFileThatNobodyRemembersIsDescribedAsItWasWhenItWasWritten() throws Exception {
    EvidenceFolder folder = new EvidenceFolder(data);
    EvidenceItem written = write(folder, "a1", START, "clip.mp4");
    assertThat(folder.describe(AlertId.of("a1"), "clip.mp4")).contains(written);
    write(folder, "a1", START, "notes.txt");
    assertThat(folder.describe(AlertId.of("a1"), "notes.txt")).as("no evidence of ours").isEmpty();
    assertThat(folder.describe(AlertId.of("a1"), "none.mp4")).isEmpty();
  }

  @Test
  void anAlertsFolderIsDeletedWholeAndNothingElse() throws Exception {
    EvidenceFolder folder = new EvidenceFolder(data);
    write(folder, "a1", START, "clip.mp4");
    write(folder, "a2", START, "clip.mp4");
    folder.delete(AlertId.of("a1"));
    assertThat(folder.alerts(1)).isEqualTo(List.of(AlertId.of("a2")));
  }
}
