package io.kydai.console.doctor;

import static java.util.Objects.requireNonNull;

import io.kydai.console.config.StorageConfig;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.RetentionConfig;
import io.kydai.console.recordings.CameraRetention;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.recording.disk.DiskPlace;
import io.kydai.streaming.recording.index.KnownDisk;
import io.kydai.streaming.recording.index.RecordingIndex;
import io.kydai.streaming.recording.retention.RecordingForecast;
import io.kydai.streaming.recording.retention.RetentionAges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Whether the recordings' disks are there, and for how long they have room. */
final class RecordingChecks {
  private static final String CHECK = "recordings";
  private static final long GIB = 1L << 30;

  /** For removed cameras, whose days the node alone remembers. */
  private static final int USUAL_DAYS = 30;

  private final StorageConfig storage;
  private final Path folder;
  private final RecordingIndex index;
  private final Clock clock;

  /**
   * @param folder where recordings are unless the configuration says otherwise
   */
  RecordingChecks(StorageConfig storage, Path folder, RecordingIndex index, Clock clock) {
    this.storage = requireNonNull(storage);
    this.folder = requireNonNull(folder);
    this.index = requireNonNull(index);
    this.clock = requireNonNull(clock);
  }

  List<Finding> of(List<CameraConfig> cameras) {
    List<Finding> findings = new ArrayList<>();
    List<KnownDisk> known = index.disks();
    List<DiskPlace> places = DiskPlace.look(storage.allRecordingsFolders(folder), known);
    long writable = 0;
    for (DiskPlace place : places) {
      String fault = place.fault();
      if (fault != null) {
        findings.add(missing(place.id(), place.root().toString(), fault, known));
      } else {
        writable += writable(place.root(), findings);
      }
    }
    for (KnownDisk disk : known) {
      boolean isConfigured = places.stream().anyMatch(place -> place.id().equals(disk.id()));
      if (!isConfigured && !disk.id().isEmpty() && disk.segments() > 0) {
        findings.add(missing(disk.id(), disk.folder(), "it is at no configured folder", known));
      }
    }
    long used = known.stream().mapToLong(KnownDisk::bytes).sum();
    long room = Math.max(0, Math.min(storage.recordingsMostGib() * GIB - used, writable));
    if (used > 0) {
      findings.add(room(cameras, room));
    }
    return findings;
  }

  private static Finding missing(String id, String folder, String what, List<KnownDisk> known) {
    long segments =
        known.stream().filter(disk -> disk.id().equals(id)).mapToLong(KnownDisk::segments).sum();
    return Finding.fault(
        CHECK,
        "the disk %s at %s: %s; the index has %d of its files"
            .formatted(id.isEmpty() ? "of no id" : id, folder, what, segments),
        "mount it; where it is gone for good, see docs/disks.md");
  }

  private long writable(Path root, List<Finding> findings) {
    Path there = root;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    try {
      long free = Files.getFileStore(there).getUsableSpace();
      return Math.max(0, free - storage.recordingsLeastFreeGib() * GIB);
    } catch (IOException e) {
      findings.add(
          Finding.fault(CHECK, root + " does not say how much is free: " + e, "look at its disk"));
      return 0;
    }
  }

  private RetentionAges ages(RetentionConfig camera) {
    return new CameraRetention.Days(
            camera.days(), camera.subDays(), camera.thinDays(), camera.archiveDays())
        .ages(storage.recordingsThinDays(), storage.recordingsArchiveDays());
  }

  private Finding room(List<CameraConfig> cameras, long room) {
    Map<CameraId, RetentionAges> ages = new HashMap<>();
    cameras.forEach(camera -> ages.put(camera.id(), ages(camera.retention())));
    RetentionAges usual = ages(new RetentionConfig(USUAL_DAYS, null, null, null));
    Instant now = clock.instant();
    RecordingForecast forecast =
        new RecordingForecast(index.days(now), camera -> ages.getOrDefault(camera, usual), now);
    if (forecast.bytesPerDay().isEmpty()) {
      return Finding.ok(CHECK, "too little was recorded to say when their room ends");
    }
    double perDay = (double) forecast.bytesPerDay().getAsLong() / GIB;
    OptionalDouble full = forecast.fullInDays(room);
    if (full.isEmpty()) {
      return Finding.ok(
          CHECK,
          String.format(
              Locale.ROOT, "%.1f GiB a day, which have room for the days that are set", perDay));
    }
    return Finding.warning(
        CHECK,
        String.format(
            Locale.ROOT,
            "full in %.0f days at %.1f GiB a day; the oldest are deleted before their time then",
            Math.floor(full.getAsDouble()),
            perDay),
        "fewer retention-days, or another disk in storage.recordings-folders");
  }
}
