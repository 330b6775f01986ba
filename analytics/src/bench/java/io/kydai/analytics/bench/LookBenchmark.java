package io.kydai.analytics.bench;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import io.kydai.analytics.decode.Libav;
import io.kydai.analytics.health.TamperFinding;
import io.kydai.analytics.health.TamperWatch;
import io.kydai.analytics.health.Tampering;
import io.kydai.analytics.observation.Frame;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One operation is one 1080p picture before the tamper rule's eyes, all of them looked at. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LookBenchmark {
  private final TamperWatch watch = new TamperWatch(EnumSet.allOf(Tampering.class));
  private final AVFrame[] pictures = new AVFrame[4];
  private long number;

  @Setup
  public void fill() {
    for (int i = 0; i < pictures.length; i++) {
      AVFrame picture = av_frame_alloc();
      picture.width(1920).height(1080).format(AV_PIX_FMT_GRAY8);
      Libav.check(av_frame_get_buffer(picture, 0), "frame");
      byte[] grey = new byte[picture.linesize(0) * 1080];
      new Random(1).nextBytes(grey); // The same each time, but for one line.
      grey[i] = (byte) (grey[i] + 99);
      picture.data(0).put(grey);
      pictures[i] = picture;
    }
  }

  @TearDown
  public void free() {
    for (AVFrame picture : pictures) {
      av_frame_free(picture);
    }
  }

  @Benchmark
  public Optional<TamperFinding> look() {
    watch.look(new Picture(pictures[(int) (number % pictures.length)], number * 18_000));
    number++;
    return watch.finding();
  }

  private record Picture(AVFrame picture, long mediaTime) implements Frame {
    @Override
    public int width() {
      return 1920;
    }

    @Override
    public int height() {
      return 1080;
    }

    @Override
    public Instant wallClock() {
      return Instant.EPOCH;
    }
  }
}
