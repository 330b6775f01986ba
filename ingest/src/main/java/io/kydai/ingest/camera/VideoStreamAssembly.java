package io.kydai.ingest.camera;

import io.kydai.ingest.clock.PictureTimes;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.KeyFrameRequest;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.rtcp.KeyFrameFeedback;
import io.kydai.ingest.rtp.PacketCounter;
import io.kydai.ingest.rtp.ReceiverReports;
import io.kydai.ingest.rtp.RtcpSink;
import io.kydai.ingest.rtp.VideoReceiver;
import io.kydai.ingest.rtp.nal.MarkerBits;
import io.kydai.ingest.rtp.packet.MediaException;
import io.kydai.ingest.rtp.packet.Picture;
import io.kydai.ingest.rtp.packet.PictureReceiver;
import io.kydai.ingest.rtsp.description.MediaTrack;
import io.kydai.ingest.source.CameraId;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Processes the pictures of one connection: adds the codec parameters and times to each picture,
 * drops the pictures before the first key frame, and marks the pictures between a loss and the next
 * complete key frame as damaged, because they may refer to missing ones. Meanwhile it requests a
 * key frame, if the camera supports that.
 *
 * <p>Decoding also begins at a {@link Picture#recoveryPoint}: when a key frame is waited for, and
 * when the camera sent no key frame for 10 s, as encoders with gradual intra refresh do. Pictures
 * that follow the recovery point in decoding order but are shown before it refer to missing
 * pictures and are dropped.
 *
 * <p>All methods are called on the camera's event loop. {@link #close} cancels the scheduled tasks.
 */
final class VideoStreamAssembly implements PictureReceiver, AutoCloseable {
  /**
   * The canonical name (CNAME) of this receiver: random and new in each process, so that it reveals
   * nothing about the machine (RFC 7022).
   */
  private static final String CANONICAL_NAME = UUID.randomUUID().toString();

  /**
   * The time in nanoseconds without a key frame after which recovery points count as key frames.
   */
  private static final long RECOVERY_POINTS_AFTER = Duration.ofSeconds(10).toNanos();

  /**
   * How much earlier than a recovery point a picture that follows it may be shown, in 1/90000 s.
   */
  private static final int MAX_LEAD = 2 * MediaTime.TICKS_PER_SECOND;

  private static final long REQUEST_INTERVAL = Duration.ofSeconds(2).toNanos();

  /** Receives the pictures. */
  interface Output {
    /**
     * Called for each picture.
     *
     * @param parameters the codec parameters that the picture refers to
     * @param times the picture's times
     * @param keyFrame whether decoding can begin at the picture
     * @param discontinuity whether the picture does not continue the pictures before it
     * @param damaged whether a part of the picture, or of pictures that it may refer to, is missing
     * @param picture the encoded picture
     */
    void onPicture(
        CodecParameters parameters,
        PictureTimes.Times times,
        boolean keyFrame,
        boolean discontinuity,
        boolean damaged,
        Picture picture);

    /**
     * Called when a picture arrived that cannot be decoded.
     *
     * @param why what is missing; it is written after a colon
     */
    void onUndecodable(String why);

    /** Called when the connection must be ended. */
    void onFailure(MediaException reason);
  }

  private final ParameterSets parameterSets;
  private final VideoReceiver receiver;
  private final KeyFrameFeedback feedback;
  private final PictureTimes times;
  private final Clock clock;
  private final EventExecutor loop;
  private final Output output;
  private @Nullable ReceiverReports reports;
  private @Nullable KeyFrameRequest keyFrameRequest;
  private long requestedAt;
  private boolean expiring;
  private boolean closed;

  /** Whether a key frame was delivered. */
  private boolean keyFrameDelivered;

  /** Whether the next pictures refer to no missing ones. */
  private boolean intact;

  private boolean keyFrameArrived;
  private long keyFrameArrivedAt;

  /**
   * Whether decoding began at a recovery point and no picture that is shown after it has arrived
   * yet.
   */
  private boolean leading;

  private long startTimestamp;

  /**
   * Creates the assembly for one connection.
   *
   * @param times computes the camera's picture times over all connections
   * @param markers what is known about the camera's marker bits, shared by all its connections
   * @throws MediaException when the track's encoding is not supported
   */
  VideoStreamAssembly(
      CameraId camera,
      MediaTrack track,
      PictureTimes times,
      MarkerBits markers,
      Clock clock,
      EventExecutor loop,
      PacketCounter counter,
      Output output)
      throws MediaException {
    this.times = times;
    this.clock = clock;
    this.loop = loop;
    this.output = output;
    VideoFormat format = VideoFormat.of(track);
    parameterSets = format.parameterSets(camera);
    receiver =
        new VideoReceiver(
            track.payloadType(),
            track.clockRate(),
            this::now,
            counter,
            format.depacketizer(this, markers));
    Integer announced = track.ssrc();
    if (announced != null) {
      receiver.announced(announced);
    }
    feedback = KeyFrameFeedback.offered(track.parameters().getOrDefault("rtcp-fb", ""));
    times.reconnected(track.clockRate());
  }

  /** To be called when the transport may change the order of packets. */
  void expectReordering() {
    receiver.expectReordering();
  }

  /** Starts to send receiver reports and requests for key frames to the camera. */
  void reportTo(RtcpSink sink) {
    closeReports();
    reports = new ReceiverReports(receiver, feedback, loop, CANONICAL_NAME, sink);
  }

  /**
   * Sets another means to request key frames, for a camera that does not support requests over
   * RTCP.
   */
  void requestKeyFramesBy(KeyFrameRequest request) {
    keyFrameRequest = request;
    requestedAt = now() - REQUEST_INTERVAL;
  }

  /**
   * Processes an RTP packet, which is borrowed.
   *
   * @throws MediaException when the stream cannot be processed any further
   */
  void rtp(ByteBuf packet) throws MediaException {
    receiver.rtp(packet);
    expireLater();
  }

  /**
   * Processes a compound RTCP packet, which is borrowed.
   *
   * @throws MediaException when the camera ends the stream
   */
  void rtcp(ByteBuf packet) throws MediaException {
    receiver.rtcp(packet, clock.instant());
  }

  /** Schedules {@link #expire} if packets wait; at most one task is scheduled at a time. */
  private void expireLater() {
    if (!expiring && receiver.waitsUntil().isPresent()) {
      expiring = true;
      long wait = Math.max(0, receiver.waitsUntil().getAsLong() - now());
      loop.schedule(this::expire, wait, TimeUnit.NANOSECONDS);
    }
  }

  private void expire() {
    expiring = false;
    if (closed) {
      return;
    }
    try {
      receiver.expire();
      expireLater();
    } catch (MediaException e) {
      output.onFailure(e);
    }
  }

  /** Returns the number of the track's packets that arrived so far. */
  long received() {
    return receiver.received();
  }

  /** Returns the number of the track's packets that were lost so far. */
  long lost() {
    return receiver.lost();
  }

  /**
   * Returns when a picture was taken by the camera's clock, right or wrong; empty if unreported.
   */
  Optional<Instant> cameraTime(long timestamp) {
    return receiver.cameraTime(timestamp);
  }

  /**
   * Returns how far the camera's clock is ahead of this machine's clock; empty without usable
   * sender reports.
   */
  Optional<Duration> clockOffset() {
    return receiver.clockOffset();
  }

  @Override
  public void onParameterSet(byte[] nal) {
    parameterSets.accept(nal);
  }

  @Override
  public void onPicture(Picture picture) {
    intact &= !picture.damaged() && !picture.afterLoss();
    if (picture.keyFrame()) {
      keyFrameArrived = true;
      keyFrameArrivedAt = now();
    }
    boolean keyFrame = picture.keyFrame() || picture.recoveryPoint() && countsAsKeyFrame();
    boolean startsHere = keyFrame && !picture.damaged();
    if (isLeading(picture)) {
      return;
    }
    if (!intact && !startsHere) {
      output.onUndecodable(missing(keyFrame));
      requestKeyFrame();
      if (!keyFrameDelivered) {
        return;
      }
    }
    Optional<CodecParameters> parameters = parameterSets.parameters(picture);
    if (parameters.isEmpty()) {
      output.onUndecodable("the parameter sets that its pictures refer to did not arrive");
      intact = false;
      return;
    }
    boolean restarts = startsHere && !intact;
    leading = restarts && picture.recoveryPoint();
    startTimestamp = picture.timestamp();
    intact |= startsHere;
    keyFrameDelivered = true;
    PictureTimes.Times pictureTimes =
        times.of(
            picture.timestamp(),
            startsHere,
            restarts,
            parameterSets.reorderDepth(picture),
            receiver.reported(picture.timestamp()).orElse(null));
    output.onPicture(
        parameters.get(),
        pictureTimes,
        keyFrame,
        restarts || pictureTimes.jumped(),
        !intact,
        picture);
  }

  /** Returns whether a recovery point counts as a key frame. */
  private boolean countsAsKeyFrame() {
    return !intact || !keyFrameArrived || now() - keyFrameArrivedAt > RECOVERY_POINTS_AFTER;
  }

  /** Returns whether a picture is shown before the recovery point at which decoding began. */
  private boolean isLeading(Picture picture) {
    int after = (int) (picture.timestamp() - startTimestamp);
    leading &= after < 0 && after > -MAX_LEAD;
    return leading;
  }

  private String missing(boolean keyFrame) {
    if (keyFrame) {
      return "packets of the key frame are missing";
    }
    return keyFrameDelivered
        ? "no complete key frame arrived after packets were lost or truncated"
        : "none of its pictures was a key frame";
  }

  private void requestKeyFrame() {
    ReceiverReports reporting = reports;
    KeyFrameRequest request = keyFrameRequest;
    if (feedback != KeyFrameFeedback.NONE && reporting != null) {
      reporting.requestKeyFrame();
    } else if (request != null && now() - requestedAt >= REQUEST_INTERVAL) {
      requestedAt = now();
      request.send();
    }
  }

  private long now() {
    return loop.ticker().nanoTime();
  }

  @Override
  public void close() {
    closed = true;
    receiver.close();
    closeReports();
  }

  private void closeReports() {
    ReceiverReports reporting = reports;
    if (reporting != null) {
      reporting.close();
    }
  }
}
