package io.kydai.console.admin;

import io.kydai.streaming.recording.disk.DiskPlace;
import io.kydai.streaming.recording.disk.RecordingFolder;
import io.kydai.streaming.recording.index.KnownDisk;
import io.kydai.streaming.recording.index.RecordingIndex;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The disks of recordings as a command finds them beside the node.
 *
 * @param there whose files can be looked at
 * @param missing that are configured or have rows of the index, and are not there
 */
record RecordingDiskList(List<RecordingFolder> there, List<Missing> missing) {
  RecordingDiskList {
    there = List.copyOf(there);
    missing = List.copyOf(missing);
  }

  /**
   * A disk that is not there.
   *
   * @param segments how many rows of the index are on it
   */
  record Missing(String id, String folder, String what, long segments) {
    String words() {
      return "disk       %s at %s: %s; the index has %d of its files"
          .formatted(id.isEmpty() ? "of no id" : id, folder, what, segments);
    }
  }

  /** Looks at the configured folders, and at what the index knows besides. */
  static RecordingDiskList of(List<Path> folders, RecordingIndex index) {
    List<KnownDisk> known = index.disks();
    List<RecordingFolder> there = new ArrayList<>();
    List<Missing> missing = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (DiskPlace place : DiskPlace.look(folders, known)) {
      seen.add(place.id());
      long segments =
          known.stream()
              .filter(disk -> disk.id().equals(place.id()))
              .mapToLong(KnownDisk::segments)
              .sum();
      String fault = place.fault();
      if (fault != null) {
        missing.add(new Missing(place.id(), place.root().toString(), fault, segments));
      } else {
        there.add(new RecordingFolder(place.root(), place.id()));
      }
    }
    for (KnownDisk disk : known) {
      if (!seen.contains(disk.id()) && disk.segments() > 0) {
        missing.add(
            new Missing(
                disk.id(), disk.folder(), "it is at no configured folder", disk.segments()));
      }
    }
    return new RecordingDiskList(there, missing);
  }

  /** Returns whether a file is on one of the disks that are there. */
  boolean has(String disk, String file) {
    return there.stream()
        .filter(folder -> folder.disk().equals(disk))
        .anyMatch(folder -> Files.isRegularFile(folder.root().resolve(file)));
  }
}
