package io.kydai.streaming.privacy;

import static io.kydai.streaming.SampleVideo.CAMERA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import io.kydai.analytics.decode.CameraDecoder;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.scene.Point;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AccessUnitSubscriber;
import io.kydai.ingest.media.Codec;
import io.kydai.models.detection.Box;
import io.kydai.streaming.SampleVideo;
import io.kydai.streaming.annotation.AnnotatedPicture;
import io.kydai.streaming.live.event.Fragment;
import io.kydai.streaming.live.event.LiveEvent;
import io.kydai.streaming.live.event.LiveSubscriber;
import io.kydai.streaming.privacy.TranscodedStream.Purpose;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real video through the whole way: decoded, masked, encoded, sent, decoded again. */
@Timeout(120)
class TranscodedStreamTest {
  private static final PrivacyMask LEFT =
      new PrivacyMask(
          "left", List.of(new Point(0, 0), new Point(0.5, 0), new Point(0.5, 1), new Point(0, 1)));
  private static final Track PERSON =
      new Track(1, "person", 0.9f, new Box(0.6f, 0.1f, 0.8f, 0.9f), true, 0);

  @TempDir Path folder;
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final AtomicBoolean breaks = new AtomicBoolean();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger whole = new AtomicInteger();
  private final List<AccessUnitSubscriber> pulling = new CopyOnWriteArrayList<>();
  private final List<Runnable> due = new CopyOnWriteArrayList<>();
  private final TranscodePlaces places = new TranscodePlaces(1);

  private final TranscodedStream.Meters meters =
      new TranscodedStream.Meters() {
        @Override
        public void blurredWhole() {
          whole.incrementAndGet();
          if (breaks.getAndSet(false)) {
            throw new UnsatisfiedLinkError("as a native library throws it");
          }
        }

        @Override
        public void leftOut() {}

        @Override
        public void failed() {
          failures.incrementAndGet();
        }

        @Override
        public void fragmentsDropped(int count) {}
      };

  private TranscodedStream stream() {
    return stream(Purpose.MASKS);
  }

  private TranscodedStream stream(Purpose purpose) {
    return new TranscodedStream(
        CAMERA,
        purpose,
        (camera, subscriber) -> {
          pulling.add(subscriber);
          return () -> pulling.remove(subscriber);
        },
        threads,
        places,
        (delay, task) -> {
          due.add(task);
          return () -> due.remove(task);
        },
        meters);
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  /** Keeps the pictures that came, until there are as many as were waited for. */
  private static final class Viewer implements LiveSubscriber {
    final CountDownLatch end = new CountDownLatch(1);
    final List<AccessUnit> units = new CopyOnWriteArrayList<>();
    final CountDownLatch enough;

    Viewer(int enough) {
      this.enough = new CountDownLatch(enough);
    }

    @Override
    public boolean ready() {
      return true;
    }

    @Override
    public void onEvent(LiveEvent event) {
      if (event instanceof Fragment fragment) {
        units.add(fragment.unit());
        enough.countDown();
      } else if (event instanceof LiveEvent.End) {
        end.countDown();
      }
    }

    void await() throws InterruptedException {
      assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** The pictures of access units by their media times, as blue, green and red. */
  private static Map<Long, byte[]> pixels(List<AccessUnit> units) {
    Map<Long, byte[]> pictures = new TreeMap<>();
    try (AnnotatedPicture picture = new AnnotatedPicture();
        CameraDecoder decoder =
            new CameraDecoder(
                frame -> {
                  try (frame) {
                    Mat mat = picture.fill(frame);
                    byte[] bytes = new byte[mat.cols() * mat.rows() * 3];
                    ((ByteBuffer) mat.createBuffer()).get(bytes);
                    pictures.put(frame.mediaTime(), bytes);
                  }
                })) {
      units.forEach(unit -> decoder.decode(unit, 0));
      decoder.end();
    }
    return pictures;
  }

  private static double difference(
      byte[] one, byte[] other, int fromX, int toX, int fromY, int toY) {
    long sum = 0;
    int count = 0;
    for (int y = fromY; y < toY; y++) {
      for (int i = 3 * (y * 320 + fromX); i < 3 * (y * 320 + toX); i++) {
        sum += Math.abs((one[i] & 255) - (other[i] & 255));
        count++;
      }
    }
    return (double) sum / count;
  }

  private void send(List<AccessUnit> units) {
    units.forEach(unit -> pulling.forEach(one -> one.onAccessUnit(unit)));
  }

  private void observe(TranscodedStream stream, AccessUnit unit, List<Track> tracks) {
    stream.observe(new Observation(CAMERA, unit.mediaTime(), unit.wallClock(), 320, 180, tracks));
  }

  @Test
  void masksAreFilledAndPersonsBlurredOnEachPictureAndNothingElseChanges() throws Exception {
    List<AccessUnit> units = SampleVideo.encode(folder, 2, 0).units();
    TranscodedStream stream = stream();
    stream.privacy(new Privacy(List.of(LEFT), Set.of(BlurTarget.PEOPLE)));
    Viewer viewer = new Viewer(units.size());
    Optional<?> watching = stream.watch(viewer);
    assertThat(watching).isPresent();
    units.forEach(unit -> observe(stream, unit, List.of(PERSON)));

    send(units);
    viewer.await();

    Map<Long, byte[]> before = pixels(units);
    Map<Long, byte[]> after = pixels(viewer.units);
    assertThat(after.keySet()).isEqualTo(before.keySet());
    assertThat(whole).hasValue(0);
    after.forEach(
        (time, picture) -> {
          byte[] original = before.get(time);
          assertThat(spread(picture, 4, 154, 4, 176)).as("mask at %d", time).isLessThan(12);
          assertThat(difference(original, picture, 196, 252, 30, 150))
              .as("person at %d", time)
              .isGreaterThan(8);
          assertThat(difference(original, picture, 285, 318, 10, 170))
              .as("elsewhere at %d", time)
              .isLessThan(8);
        });
    assertThat(viewer.units.get(0).keyFrame()).isTrue();
    stream.end();
  }

  /** The greatest difference of two values of one colour in a part of a picture. */
  private static int spread(byte[] picture, int fromX, int toX, int fromY, int toY) {
    int spread = 0;
    for (int colour = 0; colour < 3; colour++) {
      int least = 255;
      int most = 0;
      for (int y = fromY; y < toY; y++) {
        for (int x = fromX; x < toX; x++) {
          int value = picture[3 * (y * 320 + x) + colour] & 255;
          least = Math.min(least, value);
          most = Math.max(most, value);
        }
      }
      spread = Math.max(spread, most - least);
    }
    return spread;
  }

  @Test
  void withoutObservationsTheWholePictureIsBlurred() throws Exception {
    List<AccessUnit> units = SampleVideo.encode(folder, 1, 0).units();
    TranscodedStream stream = stream();
    stream.privacy(new Privacy(List.of(), Set.of(BlurTarget.FACES)));
    Viewer viewer = new Viewer(units.size());
    stream.watch(viewer);

    send(units);
    viewer.await();

    assertThat(whole).hasValue(units.size());
    Map<Long, byte[]> before = pixels(units);
    pixels(viewer.units)
        .forEach(
            (time, picture) ->
                assertThat(difference(before.get(time), picture, 0, 320, 0, 180))
                    .isGreaterThan(15));
    stream.end();
  }

  @Test
  void untilItIsToldWhatIsHiddenNothingIsShown() throws Exception {
    List<AccessUnit> units = SampleVideo.encode(folder, 1, 0).units();
    TranscodedStream stream = stream();
    Viewer viewer = new Viewer(units.size());
    stream.watch(viewer);
    send(units);
    viewer.await();
    pixels(viewer.units)
        .values()
        .forEach(picture -> assertThat(spread(picture, 0, 320, 0, 180)).isLessThan(12));
    stream.end();
  }

  @Test
  void forItsCodecAloneNothingIsHiddenAndPicturesWaitForNoObservation() throws Exception {
    List<AccessUnit> units = SampleVideo.encode(folder, 1, 0).units();
    TranscodedStream stream = stream(Purpose.CODEC);
    Viewer viewer = new Viewer(units.size());
    stream.watch(viewer);
    send(units);
    viewer.await();
    assertThat(whole).hasValue(0);
    Map<Long, byte[]> before = pixels(units);
    Map<Long, byte[]> after = pixels(viewer.units);
    assertThat(after.keySet()).isEqualTo(before.keySet());
    after.forEach(
        (time, picture) ->
            assertThat(difference(before.get(time), picture, 0, 320, 0, 180)).isLessThan(8));
    assertThat(viewer.units.get(0).parameters().codec()).isEqualTo(Codec.H264);
    assertThatThrownBy(() -> stream.privacy(Privacy.EVERYTHING))
        .isInstanceOf(IllegalStateException.class);
    stream.end();
  }

  @Test
  void itIsEncodedOnceForAllAndEndsAfterTheLastAndItsPlaceIsFreeAgain() throws Exception {
    TranscodedStream first = stream();
    TranscodedStream second = stream();
    AutoCloseable one = first.watch(new Viewer(1)).orElseThrow();
    AutoCloseable two = first.watch(new Viewer(1)).orElseThrow();
    assertThat(pulling).hasSize(1);
    assertThat(places.taken()).isEqualTo(1);
    assertThatThrownBy(() -> second.watch(new Viewer(1)))
        .isInstanceOf(TranscodeRefusedException.class)
        .hasMessageContaining("1");
    assertThat(second.isEncoded()).isFalse();

    one.close();
    assertThat(due).isEmpty();
    two.close();
    assertThat(due).hasSize(1);
    new ArrayList<>(due).forEach(Runnable::run);
    assertThat(pulling).isEmpty();
    assertThat(first.isEncoded()).isFalse();
    while (places.taken() > 0) {
      Thread.onSpinWait();
    }
    assertThat(second.watch(new Viewer(1))).isPresent();
    second.end();
    first.end();
    assertThat(first.watch(new Viewer(1))).isEmpty();
  }

  @Test
  void anErrorOfANativeLibraryEndsItForItsViewersAndItIsLeftAloneForAWhile() throws Exception {
    List<AccessUnit> units = SampleVideo.encode(folder, 1, 0).units();
    TranscodedStream stream = stream();
    stream.privacy(new Privacy(List.of(), Set.of(BlurTarget.FACES)));
    for (int seconds : new int[] {5, 10}) {
      breaks.set(true);
      Viewer viewer = new Viewer(1);
      assertThat(stream.watch(viewer)).isPresent();
      send(units);
      assertThat(viewer.end.await(60, TimeUnit.SECONDS)).isTrue();
      while (places.taken() > 0) {
        Thread.onSpinWait();
      }
      assertThat(pulling).isEmpty();
      assertThatThrownBy(() -> stream.watch(new Viewer(1)))
          .isInstanceOf(TranscodeRefusedException.class)
          .hasMessageContaining(seconds + " s");
      assertThat(due).hasSize(1);
      due.remove(0).run();
    }
    assertThat(failures).hasValue(2);

    Viewer later = new Viewer(units.size());
    assertThat(stream.watch(later)).isPresent();
    send(units);
    later.await();
    stream.end();
  }

  @Test
  void theEncoderWritesWhatItsParametersSay() {
    try (LiveEncoder encoder = new LiveEncoder(64, 48);
        Mat grey = new Mat(48, 64, CV_8UC3)) {
      assertThat(encoder.codecParameters().width()).isEqualTo(64);
      assertThat(encoder.codecParameters().mediaSourceName().orElseThrow()).startsWith("avc1.42");
      List<LiveEncoder.Encoded> encoded = encoder.encode(grey, 0);
      assertThat(encoded).hasSize(1);
      assertThat(encoded.get(0).keyFrame()).isTrue();
    }
    assertThat(LiveEncoder.split(new byte[] {0, 0, 0, 1, 7, 5, 0, 0, 0, 1, 8, 3, 0, 0, 1, 5, 9, 1}))
        .containsExactly(new byte[] {7, 5}, new byte[] {8, 3}, new byte[] {5, 9, 1});
    assertThat(Duration.ofSeconds(10)).isEqualTo(TranscodedStream.LINGER);
  }
}
