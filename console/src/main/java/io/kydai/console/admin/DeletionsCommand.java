package io.kydai.console.admin;

import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.recordings.DeletedFile;
import io.kydai.console.recordings.DeletionList;
import io.kydai.console.recordings.DeletionRecord;
import io.kydai.console.store.Database;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code deletions}. Each reading has an entry in the audit. */
@Command(
    name = "deletions",
    description =
        "shows the signed records of what retention deleted of recordings, the newest first, or the"
            + " files that one of them lists")
final class DeletionsCommand implements Callable<Integer> {
  private static final int MOST = 1_000;

  @Spec private CommandSpec spec;

  @Mixin private NodeOptions node;

  @Option(
      names = "--files",
      paramLabel = "NUMBER",
      description = "the files that a record lists, instead of records")
  private @Nullable Long files;

  @Option(
      names = "--limit",
      paramLabel = "COUNT",
      defaultValue = "20",
      description = "how many records, at most " + MOST + " (default: ${DEFAULT-VALUE})")
  private int limit;

  // Picocli sets the annotated fields before the command runs.
  @SuppressWarnings("NullAway.Init")
  DeletionsCommand() {}

  @Override
  public Integer call() {
    if (limit < 1 || limit > MOST) {
      throw new ParameterException(spec.commandLine(), "--limit: 1 to " + MOST + " is expected.");
    }
    Lines lines = new Lines(spec, node);
    try (Database database = node.open()) {
      DeletionList deletions = new DeletionList(database);
      int found = files == null ? records(lines, deletions) : files(lines, deletions, files);
      Map<String, Object> filter = new LinkedHashMap<>();
      filter.put("type", AuditEventType.RECORDINGS_DELETED.wire());
      if (files != null) {
        filter.put("record", files);
      }
      new AuditLog(database, Clock.systemUTC())
          .append(
              AuditEvent.of(AuditEventType.AUDIT_READ, NodeOptions.actor(), RequestOrigin.NONE)
                  .detail("filter", filter)
                  .detail("found", found));
      return 0;
    }
  }

  private int records(Lines lines, DeletionList deletions) {
    List<DeletionRecord> found = deletions.before(Long.MAX_VALUE, limit);
    for (DeletionRecord record : found) {
      Map<String, Object> value = new LinkedHashMap<>();
      value.put("number", record.number());
      value.put("madeAt", record.madeAt().toString());
      value.put("sha256", record.sha256());
      value.put("document", record.document());
      value.put("signature", record.signature());
      lines.write(
          "%d %s %s%n%s"
              .formatted(
                  record.number(), record.madeAt(), record.sha256(), record.document().strip()),
          value);
    }
    return found.size();
  }

  private static int files(Lines lines, DeletionList deletions, long number) {
    List<DeletedFile> found = deletions.files(number);
    for (DeletedFile file : found) {
      Map<String, Object> value = new LinkedHashMap<>();
      value.put("file", file.file());
      value.put("bytes", file.bytes());
      value.put("sha256", file.sha256());
      value.put("reason", file.reason().name());
      value.put("from", file.start().toString());
      value.put("to", file.end().toString());
      value.put("deletedAt", file.deletedAt().toString());
      DeletedFile.Successor successor = file.successor();
      if (successor != null) {
        value.put("newFile", successor.file());
        value.put("newBytes", successor.bytes());
        value.put("newSha256", successor.sha256());
      }
      lines.write(file.toString(), value);
    }
    return found.size();
  }
}
