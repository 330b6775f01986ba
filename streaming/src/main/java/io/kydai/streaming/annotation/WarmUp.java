package io.kydai.streaming.annotation;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Draws one small snapshot of a grey frame with a zone, a line and a track. The first snapshot of a
 * process loads OpenCV, which takes a second or two; this way it happens at the start rather than
 * at the first alert.
 */
public final class WarmUp {
  private static final int SIZE = 64;
  private static final CameraId NOBODY = new CameraId("warm-up");

  private record Blank(AVFrame picture) implements Frame {
    @Override
    public int width() {
      return SIZE;
    }

    @Override
    public int height() {
      return SIZE;
    }

    @Override
    public long mediaTime() {
      return 0;
    }

    @Override
    public Instant wallClock() {
      return Instant.EPOCH;
    }
  }

  private WarmUp() {}

  /**
   * Draws the snapshot and throws it away.
   *
   * @throws UnsatisfiedLinkError when the native libraries of this platform are not there
   */
  public static void run() {
    AVFrame picture = av_frame_alloc();
    try {
      picture.width(SIZE).height(SIZE).format(AV_PIX_FMT_YUV420P);
      if (av_frame_get_buffer(picture, 0) < 0) {
        throw new IllegalStateException("no memory for a frame");
      }
      for (int plane = 0; plane < 3; plane++) {
        picture.data(plane).fill(128);
      }
      Snapshots.annotated(new Blank(picture), observation(), scene(), alert());
    } finally {
      av_frame_free(picture);
    }
  }

  private static Observation observation() {
    Track track = new Track(1, "person", 1, new Box(0.2f, 0.2f, 0.8f, 0.8f), true, 0);
    return new Observation(NOBODY, 0, Instant.EPOCH, SIZE, SIZE, List.of(track));
  }

  private static Scene scene() {
    Point left = new Point(0.1, 0.5);
    Point right = new Point(0.9, 0.5);
    Zone zone = new Zone("zone", List.of(left, right, new Point(0.5, 0.9)));
    return new Scene(List.of(new Line("line", left, right)), List.of(zone));
  }

  private static Alert alert() {
    Timestamp now = new Timestamp(MediaTime.ZERO, Instant.EPOCH);
    return new Alert(
        AlertId.of("warm-up"),
        new Alert.Origin(NOBODY, RuleId.of("rule"), "type"),
        Alert.Phase.OPENED,
        new Alert.Span(now, now),
        new Alert.Participants(List.of(1L), new Box(0.1f, 0.1f, 0.9f, 0.9f), List.of()),
        new Alert.Finding("reason", Map.of()));
  }
}
