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
import io.kydai.ingest.status.CameraFault;
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
 * One camera on its event loop: connects its state machine, its connection and its subscribers.
 * {@link #start}, {@link #stop} and {@link #status} may be called on any thread.
 */
public final class Camera implements CameraStateMachine.Actions {
  private static final Logger LOG = LoggerFactory.getLogger(Camera.class);

  private record Health(
      CameraState state,
      Instant since,
      @Nullable String lastError,
      long reconnects,
      @Nullable CameraFault fault,
      @Nullable Instant nextAttempt) {}

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
  private final CameraStateMachine stateMachine;
  private final CameraTracks tracks;
  private final HostConnectionLimiter.Slot slot;
  private final RateWindow rates = new RateWindow();

  private @Nullable CameraConnection connection;
  private Future<Void> closing;
  private long sequence;
  private volatile boolean stopped;
  private volatile Health health;
  private volatile @Nullable CodecParameters parameters;

  /**
   * Creates a camera, which {@link #start} connects.
   *
   * @param source the camera's configuration
   * @param loop the camera's event loop
   * @param bootstrap the bootstrap of TCP channels, with {@code loop} as its group
   * @param limiter the connection limiter of the camera's host
   * @param keyFrames requests key frames when the camera does not support requests over RTCP; null
   *     for none
   * @param clock the wall clock
   * @param subscriptions the subscribers of all cameras
   * @param meters the camera's metrics
   * @param onStatus called on the event loop at each change of the camera's state or last error
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
    stateMachine = new CameraStateMachine(loop, settings, backOff, this);
    tracks = new CameraTracks(source.id(), clock, loop, meters, keyFrames);
    slot =
        limiter.slot(
            new HostConnectionLimiter.Listener() {
              @Override
              public void mayConnect() {
                loop.execute(stateMachine::proceed);
              }

              @Override
              public void hostUnreachable(String reason) {
                loop.execute(() -> stateMachine.unreachable(reason));
              }
            });
    closing = loop.newSucceededFuture(null);
    health = new Health(CameraState.CONNECTING, clock.instant(), null, 0, null, null);
  }

  /** Starts the first connection attempt. */
  public void start() {
    loop.execute(stateMachine::start);
  }

  /** Makes the next connection attempt now, where one is scheduled for later. */
  public void retry() {
    loop.execute(
        () -> {
          stateMachine.retryNow();
          Health now = health;
          health = new Health(now.state, now.since, now.lastError, now.reconnects, now.fault, null);
        });
  }

  /**
   * Stops the camera permanently. Access units that still arrive are not published, so that they do
   * not mix with those of a camera that is added with the same id.
   *
   * @return a future that completes when the camera's connection is closed
   */
  public Future<Void> stop() {
    stopped = true;
    Promise<Void> closed = loop.newPromise();
    loop.execute(
        () -> {
          stateMachine.stop();
          closing.addListener(done -> closed.trySuccess(null));
        });
    return closed;
  }

  /** Returns the current status. */
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
        now.reconnects,
        now.fault,
        now.nextAttempt);
  }

  @Override
  public void awaitTurn() {
    slot.request();
  }

  @Override
  public void connect() {
    CameraConnection opening =
        new CameraConnection(route, bootstrap, settings.rtsp(), tracks, this::onEvent);
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
    if (stateMachine.reconnects() > health.reconnects) {
      meters.reconnect();
    }
    Instant since = stateMachine.state() == health.state ? health.since : clock.instant();
    health =
        new Health(
            stateMachine.state(),
            since,
            stateMachine.lastError().orElse(null),
            stateMachine.reconnects(),
            stateMachine.fault().orElse(null),
            stateMachine.waitForAttempt().map(clock.instant()::plus).orElse(null));
    meters.state(stateMachine.state());
    LOG.info(
        "camera {}: {}{}",
        source.id(),
        stateMachine.state(),
        stateMachine.state() == CameraState.BACKING_OFF
            ? ", " + stateMachine.lastError().orElse("")
            : "");
    try {
      onStatus.accept(status());
    } catch (RuntimeException e) {
      LOG.error("camera {}: a status listener failed", source.id(), e);
    }
  }

  private void onEvent(ConnectionEvent event) {
    if (event instanceof ConnectionEvent.PictureReceived received) {
      publish(received);
    } else if (event instanceof ConnectionEvent.AudioReceived received) {
      if (!stopped) {
        audio.publish(received.frame());
      }
    } else if (event instanceof ConnectionEvent.MetadataReceived received) {
      if (!stopped) {
        metadata.publish(received.document());
      }
    } else if (event instanceof ConnectionEvent.ClockCompared compared) {
      meters.clockOffset(compared.offset());
    } else if (event instanceof ConnectionEvent.BytesSkipped skipped) {
      meters.skipped(skipped.count());
      stateMachine.bytesSkipped(skipped.count());
    } else if (event instanceof ConnectionEvent.PictureUndecodable undecodable) {
      stateMachine.undecodable(undecodable.why());
    } else if (event instanceof ConnectionEvent.MediaStarted) {
      stateMachine.mediaStarted();
    } else if (event instanceof ConnectionEvent.Playing) {
      slot.release();
      stateMachine.playing();
    } else if (event instanceof ConnectionEvent.Ended ended) {
      ended(ended);
    }
  }

  private void ended(ConnectionEvent.Ended event) {
    if (event instanceof ConnectionEvent.Unreachable) {
      slot.reportUnreachable(event.reason());
      stateMachine.unreachable(event.reason());
    } else if (event instanceof ConnectionEvent.LoginRefused) {
      stateMachine.loginRefused(event.reason());
    } else {
      stateMachine.failed(event.reason());
    }
  }

  private void publish(ConnectionEvent.PictureReceived received) {
    if (stopped) {
      return;
    }
    PictureTimes.Times unitTimes = received.times();
    CodecParameters codecParameters = received.parameters();
    AccessUnit unit =
        new AccessUnit(
            source.id(),
            codecParameters,
            sequence++,
            unitTimes.mediaTime(),
            unitTimes.decodeTime(),
            unitTimes.wallClock(),
            unitTimes.reported() ? WallClockSource.SENDER_REPORT : WallClockSource.ARRIVAL,
            received.keyFrame(),
            received.discontinuity(),
            received.damaged(),
            ByteBuffer.wrap(received.picture().data()));
    if (parameters != codecParameters) {
      parameters = codecParameters;
    }
    rates.add(now(), unit.size());
    meters.unit(unit.size());
    if (received.damaged()) {
      meters.damagedUnit();
    } else {
      stateMachine.accessUnit();
    }
    accessUnits.publish(unit);
  }

  private long now() {
    return loop.ticker().nanoTime();
  }
}
