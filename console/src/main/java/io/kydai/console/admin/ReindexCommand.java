package io.kydai.console.admin;

import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.recordings.RecordingTable;
import io.kydai.console.store.Database;
import io.kydai.streaming.recording.check.Reindex;
import io.kydai.streaming.recording.disk.RecordingFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code reindex}. What it changes has an entry in the audit. */
@Command(
    name = "reindex",
    description = {
      "makes the index of recordings equal to the files, also while the node runs.",
      "Without --apply it only says what it would do."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, or nothing to do",
      "1:failed, refused, a disk is missing, or without --apply: there is something to do",
      "2:wrong usage"
    })
final class ReindexCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private NodeOptions node;

  @Option(names = "--apply", description = "change the index")
  private boolean apply;

  @Option(
      names = "--remove-any-number",
      description = "remove more than 5 %% of the rows, too: the files are gone for good")
  private boolean anyNumber;

  // Picocli sets the annotated fields before the command runs.
  @SuppressWarnings("NullAway.Init")
  ReindexCommand() {}

  @Override
  public Integer call() throws IOException {
    List<Path> folders = node.recordings();
    Clock clock = Clock.systemUTC();
    Lines lines = new Lines(spec, node);
    try (Database database = node.open()) {
      RecordingTable index = new RecordingTable(database, clock);
      RecordingDiskList disks = RecordingDiskList.of(folders, index);
      disks.missing().forEach(disk -> write(lines, disk));
      Reindex.Outcome outcome = Reindex.Outcome.NONE;
      for (RecordingFolder disk : disks.there()) {
        outcome =
            outcome.plus(
                new Reindex(disk, index, row -> disks.has(row.disk(), row.file()), clock)
                    .run(apply, anyNumber, (difference, file) -> write(lines, difference, file)));
      }
      long changes = outcome.added() + outcome.removed() + outcome.changed();
      if (outcome.isDone() && changes > 0) {
        new AuditLog(database, clock)
            .append(
                AuditEvent.of(
                        AuditEventType.RECORDING_REINDEXED, NodeOptions.actor(), RequestOrigin.NONE)
                    .detail("added", outcome.added())
                    .detail("removed", outcome.removed())
                    .detail("changed", outcome.changed()));
      }
      lines.write(words(folders, outcome), value(outcome));
      boolean isLeft = outcome.isTooMuch() || changes > 0 && !outcome.isDone();
      return isLeft || !disks.missing().isEmpty() ? AdminCommand.FAILED : 0;
    }
  }

  private static void write(Lines lines, RecordingDiskList.Missing disk) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("disk", disk.id());
    value.put("folder", disk.folder());
    value.put("difference", "disk");
    value.put("what", disk.what());
    lines.write(disk.words() + "; they stay", value);
  }

  private static void write(Lines lines, Reindex.Difference difference, String file) {
    String name = difference.name().toLowerCase(Locale.ROOT);
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("file", file);
    value.put("difference", name);
    lines.write("%-10s %s".formatted(name, file), value);
  }

  private String words(List<Path> folders, Reindex.Outcome outcome) {
    String refused =
        """
         NOTHING WAS CHANGED: more than 5 %% of the rows have no file. Is the disk of %s mounted?\
         If the files are gone for good, say --remove-any-number."""
            .formatted(folders.size() == 1 ? folders.get(0) : folders);
    String end =
        outcome.isTooMuch()
            ? refused
            : outcome.isDone() ? "" : " Nothing was changed; with --apply it is.";
    return ("%d files, %d rows: %d to add, %d to remove, %d to change; %d unreadable;"
                + " %d left to the node that writes them.")
            .formatted(
                outcome.files(),
                outcome.rows(),
                outcome.added(),
                outcome.removed(),
                outcome.changed(),
                outcome.unreadable(),
                outcome.left())
        + end;
  }

  private static Map<String, Object> value(Reindex.Outcome outcome) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("files", outcome.files());
    value.put("rows", outcome.rows());
    value.put("added", outcome.added());
    value.put("removed", outcome.removed());
    value.put("changed", outcome.changed());
    value.put("unreadable", outcome.unreadable());
    value.put("left", outcome.left());
    value.put("applied", outcome.isDone());
    value.put("refused", outcome.isTooMuch());
    return value;
  }
}
