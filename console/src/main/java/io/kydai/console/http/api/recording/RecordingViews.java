package io.kydai.console.http.api.recording;

import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.ingest.source.CameraId;
import java.time.Duration;
import java.time.Instant;

/**
 * The audit of viewed recordings. A player asks for one piece after another: pieces of up to {@link
 * #PIECE} are told by the quarters of an hour that they lie in, so that an hour's playing is four
 * entries and not hundreds. Longer spans are told as they are.
 */
final class RecordingViews {
  private static final Duration PIECE = Duration.ofMinutes(2);
  private static final long QUARTER = Duration.ofMinutes(15).toSeconds();

  private final AuditGroups audit;

  RecordingViews(AuditGroups audit) {
    this.audit = audit;
  }

  /** Records that a caller was shown a span; {@code to} is after {@code from}. */
  void viewed(ApiCall call, CameraId camera, Instant from, Instant to) {
    boolean piece = Duration.between(from, to).compareTo(PIECE) <= 0;
    audit.count(
        AuditEvent.of(AuditEventType.RECORDING_VIEWED, call.actor(), call.origin())
            .camera(camera.value())
            .detail("from", piece ? quarter(from, 0) : from)
            .detail("to", piece ? quarter(to.minusNanos(1), 1) : to));
  }

  private static Instant quarter(Instant time, int after) {
    return Instant.ofEpochSecond((Math.floorDiv(time.getEpochSecond(), QUARTER) + after) * QUARTER);
  }
}
