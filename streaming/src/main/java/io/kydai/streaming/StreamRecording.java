package io.kydai.streaming;

import io.kydai.analytics.alert.Alert;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.streaming.recording.PlannedRecorder;
import io.kydai.streaming.recording.RecordingPlan;
import io.kydai.streaming.recording.Recordings;
import io.kydai.streaming.recording.index.RecordedStream;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The recording of one of a camera's streams, where it is wanted. {@link #follow} and {@link #end}
 * are called under the owner's lock, everything else on the stream's executor.
 */
final class StreamRecording {
  private final Executor executor;
  private final BiConsumer<PlannedRecorder, Alert> alerts;
  private @Nullable Recorded recorded;

  /** Belongs to the executor. */
  private @Nullable PlannedRecorder recorder;

  private record Recorded(Recordings recordings, RecordedStream stream) {}

  /**
   * @param executor runs one task at a time
   * @param alerts tells a recorder of an alert
   */
  StreamRecording(Executor executor, BiConsumer<PlannedRecorder, Alert> alerts) {
    this.executor = executor;
    this.alerts = alerts;
  }

  /** Begins to record, or goes on by another plan without a break. */
  void follow(Recordings recordings, RecordedStream stream, RecordingPlan plan) {
    Recorded wanted = new Recorded(recordings, stream);
    if (wanted.equals(recorded)) {
      executor.execute(() -> with(recording -> recording.plan(plan)));
      return;
    }
    end();
    PlannedRecorder next = recordings.begin(stream, plan, executor);
    executor.execute(() -> recorder = next);
    recorded = wanted;
  }

  /** Ends the recording, where there is one. */
  void end() {
    executor.execute(this::finish);
    Recorded last = recorded;
    if (last != null) {
      recorded = null;
      last.recordings().end(last.stream());
    }
  }

  private void finish() {
    PlannedRecorder last = recorder;
    if (last != null) {
      recorder = null;
      last.end();
    }
  }

  /** Records the next access unit. */
  void add(AccessUnit unit) {
    with(recording -> recording.add(unit));
  }

  /** Records around an alert, where that is the plan. For any thread. */
  void onAlert(Alert alert) {
    executor.execute(() -> with(recording -> alerts.accept(recording, alert)));
  }

  /** Does something with the recorder, where there is one. */
  void with(Consumer<PlannedRecorder> task) {
    PlannedRecorder now = recorder;
    if (now != null) {
      task.accept(now);
    }
  }
}
