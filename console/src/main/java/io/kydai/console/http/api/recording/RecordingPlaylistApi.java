package io.kydai.console.http.api.recording;

import io.kydai.console.audit.AuditGroups;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.api.camera.CameraApi;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.api.camera.PictureAccess;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.recordings.RecordingLibrary;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.playback.RangePlaylist;
import io.kydai.streaming.playback.RecordedRun;
import io.kydai.streaming.playback.SegmentFiles;
import io.kydai.streaming.recording.index.Segment;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A recorded span as a playlist, for players of HTTP Live Streaming. */
public final class RecordingPlaylistApi {
  private final Cameras cameras;
  private final PictureAccess pictures;
  private final SegmentFiles files;
  private final RecordingLibrary recordings;
  private final RecordingViews views;

  public RecordingPlaylistApi(Cameras cameras, RecordingLibrary recordings, AuditGroups audit) {
    this.cameras = cameras;
    pictures = new PictureAccess(cameras);
    files = recordings.files();
    this.recordings = recordings;
    views = new RecordingViews(audit);
  }

  /**
   * @param videos runs what reads recordings
   */
  public void register(Endpoints endpoints, WorkerExecutor videos) {
    endpoints.on("getRecordingPlaylist", videos, this::playlist);
  }

  private ApiReply playlist(ApiCall call) {
    CameraConfig camera = CameraApi.find(call, cameras).config();
    CameraId id = camera.id();
    RecordingSpan span = RecordingSpan.asked(call, camera, RecordingSpan.LONGEST_VIDEO);
    pictures.checkWhole(call.caller(), camera.id(), span.from());
    List<Segment> segments =
        recordings.shown(id, span.from(), span.to(), RecordingApi.MOST_SEGMENTS);
    boolean audio = call.flag("audio");
    List<RecordedRun> runs;
    try {
      runs = RecordedRun.of(files, segments, span.from(), span.to(), span.cut(), audio);
    } catch (IOException e) {
      throw new UncheckedIOException("camera " + id + ": a recording cannot be read", e);
    }
    if (runs.isEmpty()) {
      throw RecordingSpan.nothing(id);
    }
    views.viewed(call, id, span.from(), span.to());
    String text = RangePlaylist.of(runs, run -> address(run, audio));
    return new ApiReply.Bytes(
        200, RangePlaylist.MEDIA_TYPE, text.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  /**
   * Returns the address of a run's file, beside the playlist; the same rights are looked at again
   * for each piece.
   */
  private static String address(RecordedRun run, boolean audio) {
    return "recording.mp4?from="
        + RecordingSpan.basic(run.from())
        + "&to="
        + RecordingSpan.basic(run.to())
        + (audio ? "&audio=true" : "");
  }
}
