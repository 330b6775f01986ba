package io.kydai.console.admin;

import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.recordings.DeletionCheck;
import io.kydai.console.recordings.RecordingTable;
import io.kydai.console.store.Database;
import io.kydai.streaming.proof.SignatureCheck;
import io.kydai.streaming.recording.check.RecordingCheck;
import io.kydai.streaming.recording.check.RecordingCheck.Depth;
import io.kydai.streaming.recording.disk.RecordingFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code verify}. Each run has an entry in the audit. */
@Command(
    name = "verify",
    description =
        "holds the files of recordings against their index, and the signed records of what was"
            + " deleted against their chain, also while the node runs, and names what is wrong",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the recordings are whole", "1:they are not, or it failed", "2:wrong usage"})
final class VerifyCommand implements Callable<Integer> {
  private static final double MIB = 1 << 20;

  @Spec private CommandSpec spec;

  @Mixin private NodeOptions node;

  @ArgGroup private Wanted wanted = new Wanted();

  private static final class Wanted {
    @Option(
        names = "--presence",
        description = "only whether each file has a row and each row its file")
    private boolean presence;

    @Option(names = "--size", description = "and whether each file has its length (the default)")
    private boolean size;

    @Option(names = "--hash", description = "and each its bytes, all of which are read")
    private boolean hash;

    Depth depth() {
      return hash ? Depth.HASH : presence ? Depth.PRESENCE : Depth.SIZE;
    }
  }

  // Picocli sets the annotated fields before the command runs.
  @SuppressWarnings("NullAway.Init")
  VerifyCommand() {}

  @Override
  public Integer call() throws IOException {
    List<Path> folders = node.recordings();
    Clock clock = Clock.systemUTC();
    Lines lines = new Lines(spec, node);
    Depth depth = wanted.depth();
    Instant start = clock.instant();
    try (Database database = node.open()) {
      RecordingTable index = new RecordingTable(database, clock);
      RecordingDiskList disks = RecordingDiskList.of(folders, index);
      disks.missing().forEach(disk -> write(lines, disk));
      RecordingCheck.Outcome outcome = RecordingCheck.Outcome.NONE;
      for (RecordingFolder disk : disks.there()) {
        outcome =
            outcome.plus(
                new RecordingCheck(disk, index, depth, clock, fault -> write(lines, fault)).run());
      }
      AuditLog audit = new AuditLog(database, clock);
      DeletionCheck.Outcome deletions =
          new DeletionCheck(
                  database,
                  audit,
                  SignatureCheck.in(node.evidence()),
                  (record, what) -> write(lines, record, what))
              .run();
      long missing = disks.missing().size();
      long faults = outcome.faults() + deletions.faults() + missing;
      audit.append(
          AuditEvent.of(AuditEventType.RECORDING_VERIFIED, NodeOptions.actor(), RequestOrigin.NONE)
              .detail("depth", depth)
              .detail("files", outcome.files())
              .detail("faults", faults));
      Duration took = Duration.between(start, clock.instant());
      lines.write(
          words(folders, outcome, deletions, missing, took),
          value(folders, outcome, deletions, missing, took));
      return faults == 0 ? 0 : AdminCommand.FAILED;
    }
  }

  private static void write(Lines lines, RecordingDiskList.Missing disk) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("disk", disk.id());
    value.put("folder", disk.folder());
    value.put("fault", "disk");
    value.put("what", disk.what());
    value.put("files", disk.segments());
    lines.write(disk.words(), value);
  }

  private static void write(Lines lines, RecordingCheck.Fault fault) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("file", fault.file());
    value.put("fault", fault.kind());
    value.put("what", fault.what());
    lines.write("%-10s %s: %s".formatted(fault.kind(), fault.file(), fault.what()), value);
  }

  private static void write(Lines lines, long record, String what) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("record", record);
    value.put("fault", "deletion");
    value.put("what", what);
    lines.write("deletion   record %d %s".formatted(record, what), value);
  }

  private static String words(
      List<Path> folders,
      RecordingCheck.Outcome outcome,
      DeletionCheck.Outcome deletions,
      long missing,
      Duration took) {
    return String.format(
        Locale.ROOT,
        "%s in %s: %d files, %d faults; %d end within their first second, %d have no known digest;"
            + " %.1f MiB read in %.1f s. %d records of deletions, which list %d files, %d faults%s.",
        outcome.faults() + deletions.faults() + missing == 0
            ? "The recordings are whole"
            : "THE RECORDINGS ARE NOT WHOLE",
        folders.size() == 1 ? folders.get(0) : folders,
        outcome.files(),
        outcome.faults(),
        outcome.torn(),
        outcome.withoutDigest(),
        outcome.bytesRead() / MIB,
        took.toMillis() / 1000.0,
        deletions.records(),
        deletions.files(),
        deletions.faults(),
        deletions.head() == null
            ? ""
            : "; the newest is " + deletions.newest() + ":" + deletions.head());
  }

  private static Map<String, Object> value(
      List<Path> folders,
      RecordingCheck.Outcome outcome,
      DeletionCheck.Outcome deletions,
      long missing,
      Duration took) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("folders", folders.stream().map(Path::toString).toList());
    value.put("missingDisks", missing);
    value.put("whole", outcome.faults() + deletions.faults() + missing == 0);
    value.put("files", outcome.files());
    value.put("faults", outcome.faults());
    value.put("torn", outcome.torn());
    value.put("withoutDigest", outcome.withoutDigest());
    value.put("bytesRead", outcome.bytesRead());
    value.put("deletionRecords", deletions.records());
    value.put("deletedFiles", deletions.files());
    value.put("deletionFaults", deletions.faults());
    value.put("deletionHead", deletions.head());
    value.put("milliseconds", took.toMillis());
    return value;
  }
}
