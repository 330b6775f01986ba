package io.kydai.ingest.camera;

import io.kydai.ingest.clock.PictureTimes;
import io.kydai.ingest.connect.BackOff;
import io.kydai.ingest.connect.CameraRoute;
import io.kydai.ingest.connect.HostConnectionLimiter;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AudioFrame;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.KeyFrameRequest;
import io.kydai.ingest.media.MetadataDocument;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.status.CameraState;
import io.kydai.ingest.status.CameraStatus;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One camera on its event loop: ties its life, its connection and its subscribers together. {@link
 * #start}, {@link #stop} and {@link #status} may be called on any thread.
 */
public final class Camera implements CameraStateMachine.Actions {
  private static final Logger LOG = LoggerFactory.getLogger(Camera.class);

  private record Health(
      CameraState state, Instant since, @Nullable String lastError, long reconnects) {}

  private final CameraSource source;
  private final CameraRoute route;
  private final EventLoop loop;
  private final Bootstrap bootstrap;
  private final IngestSettings settings;
  private final Clock clock;
  private final Subscribers<AccessUnit>.Publisher accessUnits;
  private final Subscribers<AudioFrame>.Publisher audio;
  private final Subscribers<MetadataDocument>.Publisher metadata;
  private final IngestMetrics meters;
  private final Consumer<CameraStatus> onStatus;
  private final CameraStateMachine life;
  private final CameraTracks tracks;
  private final HostConnectionLimiter.Slot slot;
  private final RateWindow rates = new RateWindow();

  private @Nullable CameraConnection connection;
  private Future<Void> closing;
  private long sequence;
  private volatile boolean ending;
  private volatile Health health;
  private volatile @Nullable CodecParameters parameters;

  /**
   * @param bootstrap with {@code loop} as its group
   * @param limiter the connection limiter of the camera's host
   * @param keyFrames asks for key frames where the camera does not offer that over RTCP; null where
   *     nothing else does
   */
  public Camera(
      CameraSource source,
      EventLoop loop,
      Bootstrap bootstrap,
      HostConnectionLimiter limiter,
      @Nullable KeyFrameRequest keyFrames,
      IngestSettings settings,
      Clock clock,
      Subscriptions subscriptions,
      IngestMetrics meters,
      Consumer<CameraStatus> onStatus) {
    this.source = source;
    route = new CameraRoute(source);
    this.loop = loop;
    this.bootstrap = bootstrap;
    this.settings = settings;
    this.clock = clock;
    accessUnits = subscriptions.accessUnits().publisher(source.id());
    audio = subscriptions.audio().publisher(source.id());
    metadata = subscriptions.metadata().publisher(source.id());
    this.meters = meters;
    this.onStatus = onStatus;
    BackOff backOff =
        new BackOff(
            settings.firstBackOff(),
            settings.longestBackOff(),
            () -> ThreadLocalRandom.current().nextDouble());
    life = new CameraStateMachine(loop, settings, backOff, this);
    tracks = new CameraTracks(source.id(), clock, loop, meters, keyFrames);
    slot =
        limiter.slot(
            new HostConnectionLimiter.Listener() {
              @Override
              public void mayConnect() {
                loop.execute(life::proceed);
              }

              @Override
              public void hostUnreachable(String reason) {
                loop.execute(() -> life.unreachable(reason));
              }
            });
    closing = loop.newSucceededFuture(null);
    health = new Health(CameraState.CONNECTING, clock.instant(), null, 0);
  }

  public void start() {
    loop.execute(life::start);
  }

  /**
   * Ends the camera for good. What it still receives is not published any more, so that it does not
   * get between the access units of a camera that is added in its place.
   *
   * @return completes when its connection is closed
   */
  public Future<Void> stop() {
    ending = true;
    Promise<Void> closed = loop.newPromise();
    loop.execute(
        () -> {
          life.stop();
          closing.addListener(done -> closed.trySuccess(null));
        });
    return closed;
  }

  public CameraStatus status() {
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
    slot.request();
  }

  @Override
  public void connect() {
    CameraConnection opening =
        new CameraConnection(route, bootstrap, settings.rtsp(), tracks, this::on);
    connection = opening;
    opening.open();
  }

  @Override
  public void disconnect() {
    slot.release();
    CameraConnection open = connection;
    if (open != null) {
      closing = open.close();
      connection = null;
    }
  }

  @Override
  public void changed() {
    if (life.reconnects() > health.reconnects) {
      meters.reconnect();
    }
    Instant since = life.state() == health.state ? health.since : clock.instant();
    health = new Health(life.state(), since, life.lastError().orElse(null), life.reconnects());
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

  private void on(ConnectionEvent event) {
    if (event instanceof ConnectionEvent.PictureReceived received) {
      publish(received);
    } else if (event instanceof ConnectionEvent.AudioReceived received) {
      if (!ending) {
        audio.publish(received.frame());
      }
    } else if (event instanceof ConnectionEvent.MetadataReceived received) {
      if (!ending) {
        metadata.publish(received.document());
      }
    } else if (event instanceof ConnectionEvent.ClockCompared compared) {
      meters.clockOffset(compared.offset());
    } else if (event instanceof ConnectionEvent.BytesSkipped skipped) {
      meters.skipped(skipped.count());
      life.senseless(skipped.count());
    } else if (event instanceof ConnectionEvent.PictureUndecodable undecodable) {
      life.undecodable(undecodable.why());
    } else if (event instanceof ConnectionEvent.MediaStarted) {
      life.media();
    } else if (event instanceof ConnectionEvent.Playing) {
      slot.release();
      life.playing();
    } else if (event instanceof ConnectionEvent.Ended ended) {
      ended(ended);
    }
  }

  private void ended(ConnectionEvent.Ended event) {
    if (event instanceof ConnectionEvent.Unreachable) {
      slot.reportUnreachable(event.reason());
      life.unreachable(event.reason());
    } else if (event instanceof ConnectionEvent.LoginRefused) {
      life.refused(event.reason());
    } else {
      life.failed(event.reason());
    }
  }

  private void publish(ConnectionEvent.PictureReceived received) {
    if (ending) {
      return;
    }
    PictureTimes.Times its = received.times();
    CodecParameters decodedWith = received.parameters();
    AccessUnit unit =
        new AccessUnit(
            source.id(),
            decodedWith,
            sequence++,
            its.mediaTime(),
            its.decodeTime(),
            its.wallClock(),
            its.reported() ? WallClockSource.SENDER_REPORT : WallClockSource.ARRIVAL,
            received.keyFrame(),
            received.discontinuity(),
            received.damaged(),
            ByteBuffer.wrap(received.picture().data()));
    if (parameters != decodedWith) {
      parameters = decodedWith;
    }
    rates.add(now(), unit.size());
    meters.unit(unit.size());
    if (received.damaged()) {
      meters.damagedUnit();
    } else {
      life.unit();
    }
    accessUnits.publish(unit);
  }

  private long now() {
    return loop.ticker().nanoTime();
  }
}
