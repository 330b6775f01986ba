package io.kydai.streaming.recording;

import io.kydai.streaming.recording.disk.DiskPlace;
import io.kydai.streaming.recording.disk.DiskWriter;
import io.kydai.streaming.recording.disk.RecordingDisk;
import io.kydai.streaming.recording.disk.RecordingDisks;
import io.kydai.streaming.recording.disk.RecordingFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;

/** One disk without a marker, as rows know it that name none. */
final class OneDisk {
  private OneDisk() {}

  /** Returns the id of the disk that is at a folder. */
  static String id(Path root) {
    return DiskPlace.look(List.of(root), List.of()).get(0).id();
  }

  static RecordingDisks at(Path root, RecordingFiles files, DiskWriter writer, LongSupplier nanos) {
    return new RecordingDisks(List.of(RecordingDisk.unmarked(root, files, writer, nanos)));
  }
}
