package io.kydai.streaming.rendition;

import static io.kydai.streaming.rendition.TwoStreams.CAMERA;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.Ingest;
import io.kydai.ingest.PulledStream;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.simulator.CameraSimulator;
import io.kydai.ingest.simulator.SimulatedCamera;
import io.kydai.ingest.simulator.media.Clip;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.status.CameraState;
import io.kydai.streaming.FfmpegTools;
import io.kydai.streaming.live.event.LiveEvent.Alignment;
import io.kydai.streaming.live.event.LiveEvent.Alignment.Basis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Two streams of one camera over real RTSP, of which the second is connected some seconds later. A
 * key frame begins each round of the clip in both, so that the same moment is known in both.
 */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(120)
class AlignedStreamsTest {
  private static final int PICTURES = 200;
  private static final int FPS = 25;
  private static final long ROUND_TICKS = 90_000L * PICTURES / FPS;

  @TempDir Path folder;
  private final StreamAlignment alignment = new StreamAlignment();
  private final BlockingQueue<Found> found = new LinkedBlockingQueue<>();
  private final AtomicLong analysedKey = new AtomicLong(-1);

  /** The alignment that held for a key frame of the second stream. */
  private record Found(Alignment alignment, long mediaTime) {}

  @BeforeEach
  void needsAnEncoder() {
    FfmpegTools.assumeInstalled();
  }

  @Test
  void senderReportsAlignThemToLessThanATenthOfASecond() throws Exception {
    Found last = run(Duration.ZERO, Duration.ZERO, Basis.SENDER_REPORTS);

    // A wall clock follows the reports by 500 millionths, from where arrivals had put it.
    assertThat(apart(last)).isLessThanOrEqualTo(9_000);
  }

  @Test
  void aClockThatIsAnHourOffIsNotUsedAndArrivalsAlignThem() throws Exception {
    Duration wrong = Duration.ofHours(1);
    Found last = run(wrong, wrong, Basis.ARRIVAL);

    assertThat(apart(last)).as("of a round of 8 s").isLessThanOrEqualTo(45_000);
  }

  @Test
  void reportsOfTwoClocksThatContradictWhatArrivesAreNotBelieved() throws Exception {
    Found last = run(Duration.ZERO, Duration.ofMillis(1_700), Basis.NONE);

    assertThat(last.alignment().offset()).isZero();
  }

  /** How far the second stream's key frame is from the analysed one's, in ticks. */
  private long apart(Found last) {
    long off =
        Math.floorMod(
            last.mediaTime() + last.alignment().offset() - analysedKey.get(), ROUND_TICKS);
    return Math.min(off, ROUND_TICKS - off);
  }

  /** Runs until a key frame of the second stream that comes late enough is aligned by a basis. */
  private Found run(Duration clock, Duration secondClock, Basis basis) throws Exception {
    try (CameraSimulator simulator =
            CameraSimulator.builder()
                .camera(new SimulatedCamera("sub", clip(160), FPS).withClockOffset(clock))
                .camera(new SimulatedCamera("main", clip(320), FPS).withClockOffset(secondClock))
                .start();
        Ingest ingest = new Ingest(Clock.systemUTC(), new SimpleMeterRegistry(), status -> {})) {
      Subscription analysed =
          ingest.subscribe(
              CAMERA,
              unit -> {
                alignment.analysed(unit, System.nanoTime());
                if (unit.keyFrame()) {
                  analysedKey.set(unit.mediaTime());
                }
              });
      ingest.add(CameraSource.of(CAMERA, simulator.address("sub")));
      while (analysedKey.get() < 0) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      CameraSource main = CameraSource.of(CAMERA, simulator.address("main"));
      Found last;
      try (PulledStream second = ingest.pull(main, this::second)) {
        int seen = 0;
        do {
          last = found.poll(60, TimeUnit.SECONDS);
          assertThat(last).as("a key frame of the second stream").isNotNull();
          seen++;
        } while (seen < 2 || last.alignment().basis() != basis);
        assertThat(second.status().state()).isEqualTo(CameraState.LIVE);
      }
      assertThat(ingest.status(CAMERA).orElseThrow().state())
          .as("the camera itself goes on")
          .isEqualTo(CameraState.LIVE);
      analysed.close();
      return last;
    }
  }

  private void second(AccessUnit unit) {
    Alignment now = alignment.second(unit, System.nanoTime());
    if (unit.keyFrame()) {
      found.add(new Found(now, unit.mediaTime()));
    }
  }

  private Clip clip(int width) throws Exception {
    Path file = folder.resolve(width + ".h264");
    FfmpegTools.run(
        folder,
        ("ffmpeg -v error -f lavfi -i testsrc2=size=%dx%d:rate=%d -frames:v %d -c:v libx264"
                + " -preset ultrafast -bf 0 -g %d -keyint_min %d -sc_threshold 0 %s")
            .formatted(width, width * 3 / 4, FPS, PICTURES, PICTURES, PICTURES, file)
            .split(" "));
    return Clip.load(file);
  }
}
