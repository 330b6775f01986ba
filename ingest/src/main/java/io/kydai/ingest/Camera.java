package io.kydai.ingest;

import io.kydai.ingest.rtp.KeyFrameRequest;
import io.kydai.ingest.rtp.MarkerBits;
import io.kydai.ingest.rtp.MediaException;
import io.kydai.ingest.rtp.Picture;
import io.kydai.ingest.rtp.PictureTimes;
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
  private final CameraRoute route;
  private final EventLoop loop;
  private final Bootstrap bootstrap;
  private final IngestSettings settings;
  private final Clock clock;
  private final Subscriptions subscriptions;
  private final Optional<KeyFrameRequest> keyFrames;
  private final CameraMeters meters;
  private final Consumer<CameraStatus> onStatus;
  private final CameraLife life;
  private final PictureTimes times;
  private final MarkerBits markers = new MarkerBits();
  private final HostGate.Place place;
  private final long added;
  private final RateWindow rates = new RateWindow();

  private Optional<CameraConnection> connection = Optional.empty();
  private Future<Void> closing;
  private long sequence;
  private volatile boolean ending;
  private volatile Health health;
  private volatile Optional<CodecParameters> parameters = Optional.empty();

  /**
   * @param bootstrap with {@code loop} as its group
   * @param gate of the camera's host
   */
  Camera(
      CameraSource source,
      EventLoop loop,
      Bootstrap bootstrap,
      HostGate gate,
      Optional<KeyFrameRequest> keyFrames,
      IngestSettings settings,
      Clock clock,
      Subscriptions subscriptions,
      CameraMeters meters,
      Consumer<CameraStatus> onStatus) {
    this.source = source;
    this.keyFrames = keyFrames;
    route = new CameraRoute(source);
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
    times = new PictureTimes(clock, this::now);
    place =
        gate.place(
            new HostGate.Guest() {
              @Override
              public void enter() {
                loop.execute(life::proceed);
              }

              @Override
              public void unreachable(String reason) {
                loop.execute(() -> life.unreachable(reason));
              }
            });
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
  public void awaitTurn() {
    place.await();
  }

  @Override
  public void connect() {
    CameraConnection opening = new CameraConnection(route, bootstrap, settings.rtsp(), this);
    connection = Optional.of(opening);
    opening.open();
  }

  @Override
  public void disconnect() {
    place.leave();
    connection.ifPresent(open -> closing = open.close());
    connection = Optional.empty();
  }

  @Override
  public void changed() {
    if (life.reconnects() > health.reconnects) {
      meters.reconnect();
    }
    Instant since = life.state() == health.state ? health.since : clock.instant();
    health = new Health(life.state(), since, life.lastError(), life.reconnects());
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
    CameraStream stream =
        new CameraStream(source.id(), track, times, markers, clock, loop, meters, this);
    keyFrames.ifPresent(stream::requestKeyFramesBy);
    return stream;
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
    place.leave();
    life.playing();
  }

  @Override
  public void onPacket(CameraStream stream) {
    if (stream.received() > 0) {
      life.media();
    }
  }

  @Override
  public void onReport(CameraStream stream) {
    stream.clockOffset().ifPresent(meters::clockOffset);
  }

  @Override
  public void onUndecodable(String why) {
    life.undecodable(why);
  }

  @Override
  public void onFailure(MediaException reason) {
    connection.ifPresent(open -> open.onFailure(reason.getMessage()));
  }

  @Override
  public void onSkipped(int bytes) {
    meters.skipped(bytes);
    life.senseless(bytes);
  }

  @Override
  public void onFailure(String reason) {
    life.failed(reason);
  }

  @Override
  public void onUnreachable(String reason) {
    place.unreachable(reason);
    life.unreachable(reason);
  }

  @Override
  public void onLoginRefused(String reason) {
    life.refused(reason);
  }

  @Override
  public void onPicture(
      CodecParameters decodedWith,
      PictureTimes.Times its,
      boolean keyFrame,
      boolean discontinuity,
      boolean damaged,
      Picture picture) {
    if (ending) {
      return;
    }
    AccessUnit unit =
        new AccessUnit(
            source.id(),
            decodedWith,
            sequence++,
            its.mediaTime(),
            its.decodeTime(),
            its.wallClock(),
            its.reported() ? WallClockSource.SENDER_REPORT : WallClockSource.ARRIVAL,
            keyFrame,
            discontinuity,
            damaged,
            ByteBuffer.wrap(picture.data()));
    if (parameters.filter(known -> known == decodedWith).isEmpty()) {
      parameters = Optional.of(decodedWith);
    }
    rates.add(now(), unit.size());
    meters.unit(unit.size());
    if (damaged) {
      meters.damagedUnit();
    } else {
      life.unit();
    }
    subscriptions.accessUnits().publish(source.id(), unit);
  }

  private long now() {
    return loop.ticker().nanoTime();
  }
}
