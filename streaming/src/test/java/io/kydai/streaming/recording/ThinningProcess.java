package io.kydai.streaming.recording;

import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.recording.disk.RecordingDisk;
import io.kydai.streaming.recording.disk.RecordingDisks;
import io.kydai.streaming.recording.disk.RecordingFolder;
import io.kydai.streaming.recording.index.Segment;
import io.kydai.streaming.recording.index.ThinningIndex;
import io.kydai.streaming.recording.retention.RetentionAges;
import io.kydai.streaming.recording.retention.Thinning;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * A process that thins the recordings of a folder, and writes a line to standard output for each
 * change of its index: what a database would have after the end.
 */
final class ThinningProcess {
  /** When all that was recorded is old. */
  static final Clock CLOCK =
      Clock.fixed(CameraPictures.START.plus(Duration.ofDays(40)), ZoneOffset.UTC);

  private ThinningProcess() {}

  /** Opens the disk of a folder. */
  static RecordingDisks disks(Path root, MemoryIndex index) throws Exception {
    return RecordingDisks.open(List.of(root), List.of(), index, 1 << 20, System::nanoTime);
  }

  static Thinning thinning(RecordingDisks disks, MemoryIndex index) {
    RetentionAges ages = new RetentionAges(Duration.ofDays(10_000), Duration.ofDays(1), null);
    return new Thinning(disks, index, camera -> ages, 0, CLOCK, System::nanoTime);
  }

  /** Says what changes before whoever changes it goes on. */
  private static final class ToldIndex extends MemoryIndex {
    @Override
    public ThinningIndex thinning() {
      MemoryThinning silent = new MemoryThinning(this);
      return new ThinningIndex() {
        @Override
        public List<Segment> due(String disk, CameraId camera, Instant before, int limit) {
          return silent.due(disk, camera, before, limit);
        }

        @Override
        public void spare(Segment segment) {
          silent.spare(segment);
        }

        @Override
        public void begin(Note note) {
          silent.begin(note);
          System.out.println("begin " + note.file());
        }

        @Override
        public boolean complete(Segment first, Segment thinned, String sha256) {
          boolean done = silent.complete(first, thinned, sha256);
          System.out.println(
              "complete %s %s %s %s %d %s"
                  .formatted(
                      first.file(),
                      thinned.file(),
                      thinned.start(),
                      thinned.end(),
                      thinned.bytes(),
                      sha256));
          return done;
        }

        @Override
        public void end(Note note) {
          silent.end(note);
          System.out.println("end " + note.file());
        }

        @Override
        public List<Note> notes() {
          return silent.notes();
        }
      };
    }
  }

  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(arguments[0]);
    ToldIndex index = new ToldIndex();
    RecordingDisks disks = disks(root, index);
    for (RecordingDisk disk : disks.all()) {
      new RecordingFolder(root, disk.id()).scan(index::put);
    }
    System.out.println("ready");
    Thinning thinning = thinning(disks, index);
    while (thinning.run() > 0) {
      // At most eight files at a time.
    }
  }
}
