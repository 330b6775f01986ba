package io.kydai.analytics.health;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.decode.Libav;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.rules.RuleEngine;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.scene.Scene;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Shows pictures to a camera's tamper rule. */
final class Projector implements AutoCloseable {
  private static final CameraId CAMERA = new CameraId("projector");

  final List<Alert> alerts = new ArrayList<>();
  private final RuleEngine engine;
  private AVFrame picture = av_frame_alloc();
  private final double fps;
  private long shown;

  /**
   * @param fps pictures a second
   */
  Projector(double fps, Map<String, Object> settings) {
    this.fps = fps;
    int[] ids = {0};
    engine =
        new RuleEngine(
            CAMERA,
            Scene.EMPTY,
            List.of(new RuleSpec("health", "tamper", settings)),
            () -> AlertId.of("a" + ++ids[0]));
  }

  double seconds() {
    return shown / fps;
  }

  Projector show(double seconds, IntFunction<Grey> film) {
    for (int i = 0; i < Math.round(seconds * fps); i++) {
      show(film.apply((int) shown));
    }
    return this;
  }

  void show(Grey grey) {
    if (grey.width() != picture.width() || grey.height() != picture.height()) {
      av_frame_free(picture);
      picture = av_frame_alloc();
      picture.width(grey.width()).height(grey.height()).format(AV_PIX_FMT_GRAY8);
      Libav.check(av_frame_get_buffer(picture, 0), "frame");
    }
    for (int y = 0; y < grey.height(); y++) {
      picture
          .data(0)
          .position((long) y * picture.linesize(0))
          .put(grey.pixels(), y * grey.width(), grey.width());
    }
    long time = Math.round(shown / fps * MediaTime.TICKS_PER_SECOND);
    shown++;
    Shown frame = new Shown(grey.width(), grey.height(), time, picture);
    engine.look(frame);
    alerts.addAll(
        engine.observe(
            new Observation(
                CAMERA, time, frame.wallClock(), grey.width(), grey.height(), List.of())));
  }

  private record Shown(int width, int height, long mediaTime, AVFrame picture) implements Frame {
    @Override
    public Instant wallClock() {
      return Instant.EPOCH.plusMillis(mediaTime / 90);
    }
  }

  @Override
  public void close() {
    av_frame_free(picture);
  }
}
