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
import io.kydai.ingest.source.StreamRole;
import io.kydai.streaming.playback.RecordedSpan;
import io.kydai.streaming.playback.SegmentFiles;
import io.kydai.streaming.playback.StreamChoice;
import io.kydai.streaming.recording.disk.SegmentNames;
import io.kydai.streaming.recording.index.Gap;
import io.kydai.streaming.recording.index.Segment;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The operations on what was recorded of a camera. */
public final class RecordingApi {
  private static final Duration LONGEST_LIST = Duration.ofDays(7);
  private static final Duration NO_GAP = Duration.ofMillis(100);
  static final int MOST_SEGMENTS = 10_000;

  private final Cameras cameras;
  private final PictureAccess pictures;
  private final SegmentFiles files;
  private final RecordingLibrary recordings;
  private final RecordingViews views;

  public RecordingApi(Cameras cameras, RecordingLibrary recordings, AuditGroups audit) {
    this.cameras = cameras;
    pictures = new PictureAccess(cameras);
    files = recordings.files();
    this.recordings = recordings;
    views = new RecordingViews(audit);
  }

  /**
   * @param desk runs what waits for the database
   * @param videos runs what reads recordings
   */
  public void register(Endpoints endpoints, WorkerExecutor desk, WorkerExecutor videos) {
    endpoints.on("listRecordings", desk, this::list).on("getRecording", videos, this::video);
  }

  private ApiReply list(ApiCall call) {
    CameraConfig camera = CameraApi.find(call, cameras).config();
    RecordingSpan span = RecordingSpan.asked(call, camera, LONGEST_LIST);
    List<Segment> segments = recordings.shown(camera.id(), span.from(), span.to(), MOST_SEGMENTS);
    List<Segment> there = segments.stream().filter(one -> files.path(one) != null).toList();
    List<Gap> known = recordings.index().gaps(camera.id(), span.from(), span.to(), MOST_SEGMENTS);
    List<Gap> gaps =
        StreamChoice.gaps(there, Stream.concat(known.stream(), missing(segments)).toList());
    return ApiReply.json(
        new RecordingList(
            camera.id().value(),
            spans(there, span),
            gaps.stream()
                .sorted(Comparator.comparing(Gap::from))
                .map(gap -> GapAnswer.of(gap, span))
                .toList()));
  }

  /** What was recorded on disks that are not there now. */
  private Stream<Gap> missing(List<Segment> segments) {
    return segments.stream()
        .filter(segment -> files.path(segment) == null)
        .map(
            segment ->
                new Gap(
                    segment.camera(),
                    segment.stream(),
                    segment.start(),
                    segment.end(),
                    Gap.Reason.DISK_MISSING));
  }

  /** The contract's {@code RecordingList}. */
  private record RecordingList(String camera, List<SpanAnswer> spans, List<GapAnswer> gaps) {}

  /** The stream is named where it is not the camera's main or only one. */
  private record SpanAnswer(
      Instant from, Instant to, @Nullable Boolean thinned, @Nullable StreamRole stream) {
    SpanAnswer to(Instant end) {
      return new SpanAnswer(from, end.isAfter(to) ? end : to, thinned, stream);
    }
  }

  private record GapAnswer(Instant from, Instant to, Gap.Reason reason) {
    static GapAnswer of(Gap gap, RecordingSpan within) {
      return new GapAnswer(
          later(gap.from(), within.from()), earlier(gap.to(), within.to()), gap.reason());
    }
  }

  /** Joins segments that follow one another with their like. */
  private static List<SpanAnswer> spans(List<Segment> segments, RecordingSpan within) {
    List<SpanAnswer> spans = new ArrayList<>();
    for (Segment segment : segments) {
      Instant from = later(segment.start(), within.from());
      Instant to = earlier(segment.end(), within.to());
      Boolean thinned = SegmentNames.isThinned(segment.file()) ? true : null;
      StreamRole stream = segment.stream() == StreamRole.SUB ? StreamRole.SUB : null;
      int last = spans.size() - 1;
      boolean follows =
          last >= 0
              && Objects.equals(thinned, spans.get(last).thinned())
              && stream == spans.get(last).stream()
              && !spans.get(last).to().plus(NO_GAP).isBefore(from);
      if (follows) {
        spans.set(last, spans.get(last).to(to));
      } else if (to.isAfter(from)) {
        spans.add(new SpanAnswer(from, to, thinned, stream));
      }
    }
    return spans;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private ApiReply video(ApiCall call) {
    CameraConfig camera = CameraApi.find(call, cameras).config();
    RecordingSpan span = RecordingSpan.asked(call, camera, RecordingSpan.LONGEST_VIDEO);
    pictures.checkWhole(call.caller(), camera.id(), span.from());
    List<Segment> segments = recordings.shown(camera.id(), span.from(), span.to(), MOST_SEGMENTS);
    boolean audio = call.flag("audio");
    RecordedSpan video;
    try {
      video =
          span.cut()
              ? RecordedSpan.openWithin(files, segments, span.from(), span.to(), audio)
              : RecordedSpan.open(files, segments, span.from(), span.to(), audio);
    } catch (IOException e) {
      throw new UncheckedIOException("camera " + camera.id() + ": a recording cannot be read", e);
    }
    if (video.size() == 0) {
      throw RecordingSpan.nothing(camera.id());
    }
    views.viewed(call, camera.id(), span.from(), span.to());
    String tag =
        "\""
            + video.start().toEpochMilli()
            + "-"
            + video.end().toEpochMilli()
            + "-"
            + video.size()
            + "\"";
    return new ApiReply.Composed(
        video.size(),
        "video/mp4",
        tag,
        (out, first, length) -> video.write(Channels.newChannel(out), first, length),
        headers(video));
  }

  private static Map<String, String> headers(RecordedSpan video) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Kydai-Recording-Start", video.start().toString());
    headers.put("Kydai-Recording-End", video.end().toString());
    if (video.isThinned()) {
      headers.put("Kydai-Recording-Thinned", "true");
    }
    return headers;
  }
}
