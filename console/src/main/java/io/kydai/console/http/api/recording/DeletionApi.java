package io.kydai.console.http.api.recording;

import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.recordings.DeletedFile;
import io.kydai.console.recordings.DeletionList;
import io.kydai.console.recordings.DeletionRecord;
import io.kydai.streaming.recording.index.DeletionReason;
import io.vertx.core.WorkerExecutor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operations that show what retention deleted. Each reading is in the audit. */
public final class DeletionApi {
  private final DeletionList deletions;
  private final AuditLog audit;

  /** Creates the operations. */
  public DeletionApi(DeletionList deletions, AuditLog audit) {
    this.deletions = deletions;
    this.audit = audit;
  }

  /**
   * @param desk runs what waits for the database
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints
        .on("listRecordingDeletions", desk, this::list)
        .on("listDeletedRecordings", desk, this::files);
  }

  private ApiReply list(ApiCall call) {
    int limit = call.integer("limit");
    long before = call.text("before").map(Long::parseLong).orElse(Long.MAX_VALUE);
    List<DeletionRecord> found = deletions.before(before, limit);
    List<RecordAnswer> shown =
        found.stream()
            .filter(record -> !record.madeAt().isBefore(call.visibleFrom()))
            .map(RecordAnswer::of)
            .toList();
    read(call, Map.of("type", AuditEventType.RECORDINGS_DELETED.wire()), shown.size());
    return ApiReply.json(new RecordList(shown));
  }

  private ApiReply files(ApiCall call) {
    long number = Long.parseLong(call.path("number"));
    boolean visible =
        deletions.before(number + 1, 1).stream()
            .anyMatch(
                record ->
                    record.number() == number && !record.madeAt().isBefore(call.visibleFrom()));
    List<FileAnswer> files =
        visible ? deletions.files(number).stream().map(FileAnswer::of).toList() : List.of();
    read(
        call,
        Map.of("type", AuditEventType.RECORDINGS_DELETED.wire(), "record", number),
        files.size());
    return ApiReply.json(new FileList(files));
  }

  private void read(ApiCall call, Map<String, Object> filter, int found) {
    audit.append(
        AuditEvent.of(AuditEventType.AUDIT_READ, call.actor(), call.origin())
            .detail("filter", filter)
            .detail("found", found));
  }

  /** The contract's {@code RecordingDeletionList}. */
  private record RecordList(List<RecordAnswer> records) {}

  /** The contract's {@code RecordingDeletion}. */
  private record RecordAnswer(
      long number, Instant madeAt, String sha256, String document, String signature) {
    static RecordAnswer of(DeletionRecord record) {
      return new RecordAnswer(
          record.number(), record.madeAt(), record.sha256(), record.document(), record.signature());
    }
  }

  /** The contract's {@code DeletedRecordingList}. */
  private record FileList(List<FileAnswer> files) {}

  /** The contract's {@code DeletedRecording}. */
  private record FileAnswer(
      String file,
      String camera,
      Instant from,
      Instant to,
      long bytes,
      @Nullable String sha256,
      DeletionReason reason,
      Instant deletedAt,
      DeletedFile.@Nullable Successor successor) {
    static FileAnswer of(DeletedFile file) {
      return new FileAnswer(
          file.file(),
          file.camera().value(),
          file.start(),
          file.end(),
          file.bytes(),
          file.sha256(),
          file.reason(),
          file.deletedAt(),
          file.successor());
    }
  }
}
