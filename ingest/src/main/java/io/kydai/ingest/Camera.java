package io.kydai.ingest;

import io.kydai.ingest.rtp.MediaException;
import io.kydai.ingest.rtp.MediaTimeline;
import io.kydai.ingest.rtp.Picture;
import io.kydai.ingest.rtsp.MediaTrack;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One camera on its event loop: ties its life, its connection and its subscribers together. {@link
 * #start}, {@link #stop} and {@link #status} may be called on any thread.
 */
final class Camera
    implements CameraLife.Actions,
        CameraConnection.Listener,
        CameraStream.Output,
        CompanionTracks.Output {
  private static final Logger LOG = LoggerFactory.getLogger(Camera.class);

  private record Health(
      CameraState state, Instant since, Optional<String> lastError, long reconnects) {}

  private final CameraSource source;
  private final EventLoop loop;
  private final Bootstrap bootstrap;
  private final IngestSettings settings;
  private final Clock clock;
  private final Subscriptions subscriptions;
  private final CameraMeters meters;
  private final Consumer<CameraStatus> onStatus;
  private final CameraLife life;
  private final MediaTimeline timeline;
  private final long added;
  private final RateWindow rates = new RateWindow();

  private Optional<CameraConnection> connection = Optional.empty();
  private Future<Void> closing;
  private long sequence;
  private long lostSeen;
  private volatile boolean ending;
  private volatile Health health;
  private volatile Optional<CodecParameters> parameters = Optional.empty();

  /**
   * @param bootstrap with {@code loop} as its group
   */
  Camera(
      CameraSource source,
      EventLoop loop,
      Bootstrap bootstrap,
      IngestSettings settings,
      Clock clock,
      Subscriptions subscriptions,
      CameraMeters meters,
      Consumer<CameraStatus> onStatus) {
    this.source = source;
    this.loop = loop;
    this.bootstrap = bootstrap;
    this.settings = settings;
    this.clock = clock;
    this.subscriptions = subscriptions;
    this.meters = meters;
    this.onStatus = onStatus;
    BackOff backOff =
        new BackOff(
            settings.firstBackOff(),
            settings.longestBackOff(),
            () -> ThreadLocalRandom.current().nextDouble());
    life = new CameraLife(loop, settings, backOff, this);
    added = now();
    timeline = new MediaTimeline(added);
    closing = loop.newSucceededFuture(null);
    health = new Health(CameraState.CONNECTING, clock.instant(), Optional.empty(), 0);
  }

  void start() {
    loop.execute(life::start);
  }

  /**
   * Ends the camera for good. What it still receives is not published any more, so that it does not
   * get between the access units of a camera that is added in its place.
   *
   * @return completes when its connection is closed
   */
  Future<Void> stop() {
    ending = true;
    Promise<Void> closed = loop.newPromise();
    loop.execute(
        () -> {
          life.stop();
          closing.addListener(done -> closed.trySuccess(null));
        });
    return closed;
  }

  CameraStatus status() {
    Health now = health;
    RateWindow.Rates measured = rates.rates(now());
    return new CameraStatus(
        source.id(),
        now.state,
        now.since,
        measured.unitsPerSecond(),
        measured.bitsPerSecond(),
        parameters,
        now.lastError,
        now.reconnects);
  }

  @Override
  public void connect() {
    lostSeen = 0;
    CameraConnection opening = new CameraConnection(source, bootstrap, settings.rtsp(), this);
    connection = Optional.of(opening);
    opening.open();
  }

  @Override
  public void disconnect() {
    connection.ifPresent(open -> closing = open.close());
    connection = Optional.empty();
  }

  @Override
  public void changed() {
    if (life.reconnects() > health.reconnects) {
      meters.reconnect();
    }
    health = new Health(life.state(), clock.instant(), life.lastError(), life.reconnects());
    meters.state(life.state());
    LOG.info(
        "camera {}: {}{}",
        source.id(),
        life.state(),
        life.state() == CameraState.BACKING_OFF ? ", " + life.lastError().orElse("") : "");
    try {
      onStatus.accept(status());
    } catch (RuntimeException e) {
      LOG.error("camera {}: a listener failed at its state", source.id(), e);
    }
  }

  @Override
  public CameraStream onVideo(MediaTrack track) throws MediaException {
    return new CameraStream(source.id(), track, timeline, clock, this::now, this);
  }

  @Override
  public CompanionTracks onCompanions(List<MediaTrack> tracks) {
    return new CompanionTracks(
        source.id(), tracks, clock, () -> (now() - added) / 1000 * 9 / 100, this);
  }

  @Override
  public void onAudio(AudioFrame frame) {
    if (!ending) {
      subscriptions.audio().publish(source.id(), frame);
    }
  }

  @Override
  public void onMetadata(MetadataDocument document) {
    if (!ending) {
      subscriptions.metadata().publish(source.id(), document);
    }
  }

  @Override
  public void onPlaying() {
    life.playing();
  }

  @Override
  public void onPacket(CameraStream stream) {
    if (stream.received() > 0) {
      life.media();
    }
    if (stream.lost() > lostSeen) {
      meters.lost(stream.lost() - lostSeen);
      lostSeen = stream.lost();
    }
  }

  @Override
  public void onFailure(String reason) {
    life.failed(reason);
  }

  @Override
  public void onLoginRefused(String reason) {
    life.refused(reason);
  }

  @Override
  public void onPicture(
      CodecParameters decodedWith,
      long mediaTime,
      Instant wallClock,
      boolean discontinuity,
      Picture picture) {
    if (ending) {
      return;
    }
    AccessUnit unit =
        new AccessUnit(
            source.id(),
            decodedWith,
            sequence++,
            mediaTime,
            mediaTime,
            wallClock,
            WallClockSource.ARRIVAL,
            picture.keyFrame(),
            discontinuity,
            picture.damaged(),
            ByteBuffer.wrap(picture.data()));
    if (parameters.filter(known -> known == decodedWith).isEmpty()) {
      parameters = Optional.of(decodedWith);
    }
    rates.add(now(), unit.size());
    meters.unit(unit.size());
    life.unit();
    subscriptions.accessUnits().publish(source.id(), unit);
  }

  private long now() {
    return loop.ticker().nanoTime();
  }
}
