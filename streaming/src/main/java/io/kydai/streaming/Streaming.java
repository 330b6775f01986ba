package io.kydai.streaming;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.PlatePicture;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.scene.Scene;
import io.kydai.ingest.concurrent.NamedThreadFactory;
import io.kydai.ingest.media.AccessUnitSource;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.annotation.Snapshots;
import io.kydai.streaming.annotation.WarmUp;
import io.kydai.streaming.evidence.ClipWriter;
import io.kydai.streaming.evidence.EvidenceFolder;
import io.kydai.streaming.evidence.EvidenceItem;
import io.kydai.streaming.evidence.EvidenceListener;
import io.kydai.streaming.evidence.EvidenceSettings;
import io.kydai.streaming.evidence.PeakPictures;
import io.kydai.streaming.live.event.LiveSubscriber;
import io.kydai.streaming.privacy.Privacy;
import io.kydai.streaming.privacy.Redaction;
import io.kydai.streaming.privacy.TranscodePlaces;
import io.kydai.streaming.recording.CameraRecording;
import io.kydai.streaming.recording.Recordings;
import io.kydai.streaming.rendition.OnDemandSource;
import io.kydai.streaming.rendition.SecondStream;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door to live streams and evidence of every camera.
 *
 * <p>Each camera's work is done in order on at most {@value #MOST_THREADS} threads that all cameras
 * share, away from ingest's event loops. Every method may be called on any thread.
 */
public final class Streaming implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Streaming.class);
  private static final int MOST_THREADS = 4;
  private static final int USUAL_TRANSCODES = 4;
  private static final Duration PATIENCE = Duration.ofMillis(1800);

  private final AccessUnitSource source;
  private final EvidenceSettings settings;
  private final MeterRegistry metrics;
  private final TranscodePlaces transcodes;
  private final @Nullable Recordings recordings;
  private final EvidenceFolder folder;
  private final ClipWriter writer;
  private final PeakPictures peaks = new PeakPictures();
  private final ExecutorService threads;
  private final ScheduledThreadPoolExecutor timer;
  private final Semaphore secondStreams = new Semaphore(SecondStream.MOST);
  private final Map<CameraId, CameraPipeline> cameras = new ConcurrentHashMap<>();

  /**
   * Makes the folder of evidence where there is none, and loads what snapshots need, so that the
   * first alert does not wait for it: takes a second or two.
   *
   * @throws UncheckedIOException when the folder of evidence cannot be used
   */
  public Streaming(
      AccessUnitSource source,
      EvidenceSettings settings,
      MeterRegistry metrics,
      EvidenceListener listener) {
    this(source, settings, null, metrics, listener);
  }

  /**
   * As the other constructor, with recording.
   *
   * @param recordings closed by the caller, after this; null where nothing is recorded
   */
  public Streaming(
      AccessUnitSource source,
      EvidenceSettings settings,
      @Nullable Recordings recordings,
      MeterRegistry metrics,
      EvidenceListener listener) {
    this(source, settings, recordings, new TranscodePlaces(USUAL_TRANSCODES), metrics, listener);
  }

  /**
   * As the other constructor.
   *
   * @param transcodes how many cameras are encoded anew at a time for those from whom something is
   *     hidden
   */
  public Streaming(
      AccessUnitSource source,
      EvidenceSettings settings,
      @Nullable Recordings recordings,
      TranscodePlaces transcodes,
      MeterRegistry metrics,
      EvidenceListener listener) {
    this.source = requireNonNull(source);
    this.recordings = recordings;
    this.settings = requireNonNull(settings);
    this.metrics = requireNonNull(metrics);
    this.transcodes = requireNonNull(transcodes);
    StreamingMetrics.transcodes(metrics, transcodes);
    requireNonNull(listener);
    folder = new EvidenceFolder(settings.folder());
    WarmUp.run();
    writer = new ClipWriter(folder, settings.cameraRoots(), listener);
    int size = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    threads = Executors.newFixedThreadPool(size, NamedThreadFactory.of("streaming"));
    timer = new ScheduledThreadPoolExecutor(1, NamedThreadFactory.of("clip-timer"));
    timer.setRemoveOnCancelPolicy(true);
  }

  /**
   * Starts to keep a camera's newest pictures, for subscribers that join and for clips that begin
   * before their alert.
   *
   * @throws IllegalArgumentException when there is a camera of that id already
   */
  public void add(CameraId camera, Scene scene) {
    CameraPipeline stream =
        new CameraPipeline(
            camera, scene, settings, metrics, threads, writer, this::after, source, transcodes);
    if (cameras.putIfAbsent(camera, stream) != null) {
      throw new IllegalArgumentException("camera " + camera + " is there already");
    }
    stream.start(source);
  }

  /** Draws another scene on a camera's pictures from now on; its subscribers stay. */
  public void scene(CameraId camera, Scene scene) {
    CameraPipeline stream = cameras.get(camera);
    if (stream != null) {
      stream.scene(scene);
    }
  }

  /**
   * Gives a camera a second stream beside the one that is analysed, in place of the one that it may
   * have; nothing happens without such a camera.
   *
   * @param second receives it while somebody watches; null for none
   */
  public void second(CameraId camera, @Nullable OnDemandSource second) {
    CameraPipeline stream = cameras.get(camera);
    if (stream != null) {
      stream.second(
          second == null
              ? null
              : new SecondStream(
                  camera,
                  second,
                  threads,
                  secondStreams,
                  this::after,
                  System::nanoTime,
                  stream.meters()::fragmentsDropped));
    }
  }

  /**
   * Sends a camera's second stream to a subscriber, with the observations of the analysed one and
   * how their times are found. Where the camera has one stream only, it is that.
   *
   * @return closing it ends the subscription; empty when there is no such camera, when it has too
   *     many subscribers, or when too many second streams are received
   */
  public Optional<AccessUnitSource.Subscription> watchSecond(
      CameraId camera, LiveSubscriber subscriber) {
    return Optional.ofNullable(cameras.get(camera))
        .flatMap(stream -> stream.watchSecond(subscriber));
  }

  /** Hides something else on a camera's pictures for those who may not see all of them. */
  public void privacy(CameraId camera, Privacy privacy) {
    CameraPipeline stream = cameras.get(camera);
    if (stream != null) {
      stream.masked().privacy(privacy);
    }
  }

  /**
   * Sends a camera's stream with what is private hidden to a subscriber.
   *
   * @return closing it ends the subscription; empty when there is no such camera, or when it has
   *     too many subscribers
   * @throws io.kydai.streaming.privacy.TranscodeRefusedException when too many cameras are encoded
   *     anew already
   */
  public Optional<AccessUnitSource.Subscription> watchMasked(
      CameraId camera, LiveSubscriber subscriber) {
    return Optional.ofNullable(cameras.get(camera))
        .flatMap(stream -> stream.masked().watch(subscriber));
  }

  /** Returns how many watch a camera with what is private hidden. */
  public int maskedViewers(CameraId camera) {
    CameraPipeline stream = cameras.get(camera);
    return stream == null ? 0 : stream.masked().viewers();
  }

  /**
   * Sends a camera's analysed stream as H.264 to a subscriber that cannot play the camera's codec.
   *
   * @return closing it ends the subscription; empty when there is no such camera, or when it has
   *     too many subscribers
   * @throws io.kydai.streaming.privacy.TranscodeRefusedException when too many cameras are encoded
   *     anew already
   */
  public Optional<AccessUnitSource.Subscription> watchTranscoded(
      CameraId camera, LiveSubscriber subscriber) {
    return Optional.ofNullable(cameras.get(camera))
        .flatMap(stream -> stream.transcoded().watch(subscriber));
  }

  /** Returns how many watch a camera as H.264, because they cannot play its codec. */
  public int transcodedViewers(CameraId camera) {
    CameraPipeline stream = cameras.get(camera);
    return stream == null ? 0 : stream.transcoded().viewers();
  }

  private Runnable after(Duration delay, Runnable task) {
    Future<?> later = timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    return () -> later.cancel(false);
  }

  /**
   * Begins or ends the recording of a camera, or changes its plan, without a break of its live
   * stream. Nothing happens without such a camera, or where nothing is recorded. What is wanted of
   * a second stream is to be said again after {@link #second}.
   *
   * @param wanted null to record nothing
   */
  public void record(CameraId camera, @Nullable CameraRecording wanted) {
    CameraPipeline stream = cameras.get(camera);
    if (stream != null && recordings != null) {
      stream.record(recordings, wanted, source);
    }
  }

  /** Takes what happens to an alert, for cameras that are recorded around alerts. */
  public void onAlert(Alert alert) {
    CameraPipeline stream = cameras.get(alert.origin().camera());
    if (stream != null) {
      stream.onAlert(alert);
    }
  }

  /** Forgets a camera; its subscribers are told the end, and clips that are being cut end here. */
  public void remove(CameraId camera) {
    CameraPipeline stream = cameras.remove(camera);
    if (stream != null) {
      stream.end();
    }
  }

  /**
   * Sends a camera's live stream to a subscriber, from the newest key frame on.
   *
   * @return closing it ends the subscription; empty when there is no such camera, or when it has 64
   *     subscribers already
   */
  public Optional<AccessUnitSource.Subscription> watch(CameraId camera, LiveSubscriber subscriber) {
    return Optional.ofNullable(cameras.get(camera)).flatMap(stream -> stream.watch(subscriber));
  }

  /**
   * Sends an observation to the camera's subscribers and keeps it for clips; nothing happens when
   * there is no such camera.
   */
  public void onObservation(Observation observation) {
    CameraPipeline stream = cameras.get(observation.camera());
    if (stream != null) {
      stream.onObservation(observation);
    }
  }

  /**
   * Starts the evidence of an alert that opened: the annotated snapshot is on the disk when this
   * returns, {@code clip.mp4} and {@code observations.json} follow to the listener. Without such a
   * camera, or while too many clips are being cut, there is only the snapshot.
   *
   * @throws UncheckedIOException when the snapshot cannot be written
   */
  public EvidenceItem begin(Alert alert, Observation observation, Frame frame) {
    Optional<CameraPipeline> stream = Optional.ofNullable(cameras.get(alert.origin().camera()));
    peaks.opened(alert);
    byte[] jpeg = Snapshots.annotated(frame, observation, scene(alert.origin().camera()), alert);
    try {
      EvidenceItem item = writer.snapshot(alert, jpeg);
      stream.ifPresent(camera -> camera.meters().written(item.size()));
      return item;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "camera " + alert.origin().camera() + ": no snapshot of alert " + alert.id(), e);
    } finally {
      // A disk that refuses the snapshot may well take the clip, which comes seconds later.
      stream.ifPresent(camera -> camera.cut(alert, observation.mediaTime()));
    }
  }

  /** Takes an update of an alert, whose picture is kept until it closes where it is its peak. */
  public void update(Alert alert, Observation observation, Frame frame) {
    Scene scene = scene(alert.origin().camera());
    peaks.updated(alert, () -> Snapshots.annotated(frame, observation, scene, alert));
  }

  /**
   * Ends an alert's pictures: {@code peak.jpg}, where its measures rose after it had opened, and
   * {@code end.jpg} are on the disk when this returns.
   *
   * @throws UncheckedIOException when they cannot be written
   */
  public List<EvidenceItem> end(Alert alert, Observation observation, Frame frame) {
    List<EvidenceItem> items = new ArrayList<>();
    try {
      Optional<byte[]> peak = peaks.closed(alert.id());
      if (peak.isPresent()) {
        items.add(writer.picture(alert, "peak.jpg", peak.get()));
      }
      byte[] jpeg = Snapshots.annotated(frame, observation, scene(alert.origin().camera()), alert);
      items.add(writer.picture(alert, "end.jpg", jpeg));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "camera " + alert.origin().camera() + ": no last pictures of alert " + alert.id(), e);
    }
    Optional.ofNullable(cameras.get(alert.origin().camera()))
        .ifPresent(camera -> items.forEach(item -> camera.meters().written(item.size())));
    return items;
  }

  /**
   * Adds the picture of a plate to an alert's evidence, as {@code plate-TRACK.jpg}; it is on the
   * disk when this returns.
   *
   * @throws UncheckedIOException when it cannot be written
   */
  public EvidenceItem plate(Alert alert, PlatePicture picture) {
    try {
      EvidenceItem item =
          writer.picture(alert, "plate-" + picture.track() + ".jpg", Snapshots.plain(picture));
      Optional.ofNullable(cameras.get(alert.origin().camera()))
          .ifPresent(camera -> camera.meters().written(item.size()));
      return item;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "camera " + alert.origin().camera() + ": no picture of a plate of alert " + alert.id(),
          e);
    }
  }

  /**
   * Encodes a frame as JPEG, with square pixels.
   *
   * @param frame borrowed for the call
   * @param annotated whether boxes, zones and lines are burned in
   */
  public byte[] snapshot(Frame frame, Observation observation, boolean annotated) {
    return annotated
        ? Snapshots.annotated(frame, observation, scene(observation.camera()))
        : Snapshots.plain(frame);
  }

  /**
   * Encodes a frame as JPEG with what is private hidden on it.
   *
   * @param frame borrowed for the call
   */
  public byte[] snapshot(
      Frame frame,
      Observation observation,
      boolean annotated,
      Privacy hidden,
      Redaction redaction) {
    return Snapshots.changed(
        frame,
        picture -> redaction.hide(picture, hidden),
        annotated ? observation : null,
        scene(observation.camera()));
  }

  private Scene scene(CameraId camera) {
    CameraPipeline stream = cameras.get(camera);
    return stream == null ? Scene.EMPTY : stream.scene();
  }

  /**
   * Finds a file of evidence on the disk.
   *
   * @return empty when there is no such whole file; never a path outside the alert's folder
   */
  public Optional<Path> evidence(AlertId alertId, String name) {
    return folder.find(alertId, name);
  }

  /** Ends clips with what they have, and waits up to 2 s for the files. */
  @Override
  public void close() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    CompletableFuture<?>[] ends =
        cameras.keySet().stream()
            .map(cameras::remove)
            .map(CameraPipeline::end)
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(ends).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.error("streaming: not every camera ended in time", e);
    }
    // Only now: clips whose alerts came last have set their timers on the way to their end.
    timer.shutdownNow();
    threads.shutdown();
    writer.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
  }
}
