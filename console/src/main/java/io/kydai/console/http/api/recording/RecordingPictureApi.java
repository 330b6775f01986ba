package io.kydai.console.http.api.recording;

import io.kydai.console.audit.AuditGroups;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.api.camera.CameraApi;
import io.kydai.console.http.api.camera.CameraPlaces;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.api.camera.PictureAccess;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.recordings.RecordingLibrary;
import io.kydai.console.users.Permission;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.playback.RecordingThumbnails;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Small pictures of recorded moments, for whoever looks for one on a time line. */
public final class RecordingPictureApi {
  private static final int MOST_SEGMENTS = 8;
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private final Cameras cameras;
  private final RecordingLibrary recordings;
  private final RecordingThumbnails pictures;
  private final PictureAccess access;
  private final RecordingViews views;

  public RecordingPictureApi(Cameras cameras, RecordingLibrary recordings, AuditGroups audit) {
    this.cameras = cameras;
    this.recordings = recordings;
    pictures = new RecordingThumbnails(recordings.files(), cameras::masked);
    access = new PictureAccess(cameras);
    views = new RecordingViews(audit);
  }

  /**
   * @param worker decodes, one picture per thread at a time
   */
  public void register(Endpoints endpoints, WorkerExecutor worker) {
    endpoints.on("getRecordingPicture", worker, this::picture);
  }

  private ApiReply picture(ApiCall call) {
    CameraConfig camera = CameraApi.find(call, cameras).config();
    CameraId id = camera.id();
    Instant at = call.time("at").orElseThrow(() -> Problem.of(400, "'at' is missing."));
    Instant visible =
        call.caller().since(Permission.HISTORY, CameraPlaces.of(camera)).orElse(Instant.MAX);
    RecordingThumbnails.Picture found;
    try {
      found =
          pictures
              .at(
                  recordings.shown(id, at, at.plus(SHORTEST), MOST_SEGMENTS),
                  at,
                  visible,
                  // The key frame may be older than the right to see the camera without masks.
                  taken -> access.hidden(call.caller(), id, taken))
              .orElseThrow(() -> Problem.of(404, "There is no picture of camera " + id + " then."));
    } catch (IOException e) {
      throw new UncheckedIOException("camera " + id + ": a recording cannot be read", e);
    }
    views.viewed(call, id, found.takenAt(), found.takenAt().plus(SHORTEST));
    String taken = found.takenAt().toString();
    return new ApiReply.Bytes(
        200,
        "image/jpeg",
        found.jpeg(),
        found.hidden().isEmpty()
            ? Map.of("Kydai-Recording-Start", taken)
            : Map.of("Kydai-Recording-Start", taken, "Kydai-Masked", "yes"));
  }
}
