package io.kydai.analytics.events;

import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.file.VideoFile;
import io.kydai.analytics.inference.LatestFrame;
import io.kydai.analytics.inference.SkipReason;
import io.kydai.analytics.motion.MotionMap;
import io.kydai.analytics.motion.MotionMeter;
import io.kydai.analytics.motion.Stillness;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.tracking.ByteTracker;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Detection;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A clip as a live camera's frames go: those at the camera's rate are analysed, fewer while nothing
 * moves.
 *
 * @param recording what the network saw on the analysed frames
 * @param frames of the clip
 * @param skipped frames that were not analysed, by reason
 * @param meterMillis processor time of the measure of motion, per frame
 */
record Watched(
    Recording recording, int frames, Map<SkipReason, Integer> skipped, double meterMillis) {
  private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();

  static Watched of(
      Path clip,
      double until,
      double maxFps,
      double idleFps,
      Function<DecodedFrame, List<Detection>> network) {
    List<Recording.Picture> pictures = new ArrayList<>();
    Map<SkipReason, Integer> skipped = new EnumMap<>(SkipReason.class);
    MotionMeter meter = new MotionMeter();
    Stillness stillness = new Stillness(idleFps);
    ByteTracker tracker = new ByteTracker();
    int frames = 0;
    long nanos = 0;
    try (VideoFile file = VideoFile.open(clip);
        LatestFrame slot =
            new LatestFrame(maxFps, reason -> skipped.merge(reason, 1, Integer::sum))) {
      for (var next = file.next(); next.isPresent(); next = file.next()) {
        DecodedFrame frame = next.get();
        if (frame.mediaTime() > until * 90_000) {
          frame.close();
          break;
        }
        frames++;
        long start = PROCESSOR.getCurrentThreadCpuTime();
        MotionMap motion = meter.observe(frame);
        nanos += PROCESSOR.getCurrentThreadCpuTime() - start;
        if (stillness.seen(motion, frame.mediaTime())) {
          slot.wake();
        }
        double fps = stillness.fps(false);
        slot.rate(Math.min(maxFps, fps), fps < maxFps);
        slot.offer(frame);
        slot.take().ifPresent(taken -> analyse(taken, network, tracker, stillness, pictures));
      }
    }
    return new Watched(new Recording(pictures), frames, skipped, nanos / 1e6 / frames);
  }

  private static void analyse(
      DecodedFrame taken,
      Function<DecodedFrame, List<Detection>> network,
      ByteTracker tracker,
      Stillness stillness,
      List<Recording.Picture> pictures) {
    try (DecodedFrame frame = taken) {
      List<Detection> detections = network.apply(frame);
      long time = frame.mediaTime();
      int width = frame.width();
      int height = frame.height();
      pictures.add(new Recording.Picture(time, width, height, detections));
      stillness.observed(
          new Observation(
              new CameraId("clip"),
              time,
              Instant.EPOCH,
              width,
              height,
              tracker.update(detections, time, width, height)));
    }
  }

  /** Which part of the frames that the rate allows was analysed. */
  double analysed() {
    return (double) recording.pictures().size()
        / (frames - skipped.getOrDefault(SkipReason.RATE, 0));
  }
}
