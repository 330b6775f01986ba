package io.kydai.console.http.api.recording;

import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.recordings.RecordingLibrary;
import io.kydai.streaming.recording.retention.RecordingStorage;
import io.vertx.core.WorkerExecutor;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operation that shows the room of the recordings, and when it will end. */
public final class RecordingStorageApi {
  private final RecordingLibrary recordings;

  /** Creates the operation. */
  public RecordingStorageApi(RecordingLibrary recordings) {
    this.recordings = recordings;
  }

  /**
   * @param desk runs it
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints.on(
        "getRecordingStorage",
        desk,
        call -> ApiReply.json(recordings.storage().get().map(Answer::of).orElse(Answer.NOT_YET)));
  }

  /** The contract's {@code RecordingStorage}. */
  private record Answer(
      @Nullable Long usedBytes,
      @Nullable Long freeBytes,
      @Nullable Long roomBytes,
      @Nullable Long bytesPerDay,
      @Nullable Double fullInDays,
      boolean full,
      @Nullable List<RecordingStorage.Disk> disks,
      @Nullable Instant at) {
    static final Answer NOT_YET = new Answer(null, null, null, null, null, false, null, null);

    static Answer of(RecordingStorage storage) {
      return new Answer(
          storage.usedBytes(),
          storage.freeBytes(),
          storage.roomBytes(),
          storage.bytesPerDay(),
          storage.fullInDays(),
          storage.full(),
          storage.disks(),
          storage.at());
    }
  }
}
