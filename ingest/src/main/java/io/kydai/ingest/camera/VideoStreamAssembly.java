package io.kydai.ingest.camera;

import io.kydai.ingest.clock.PictureTimes;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.KeyFrameRequest;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.rtcp.KeyFrameFeedback;
import io.kydai.ingest.rtp.MarkerBits;
import io.kydai.ingest.rtp.MediaException;
import io.kydai.ingest.rtp.PacketCounter;
import io.kydai.ingest.rtp.Picture;
import io.kydai.ingest.rtp.PictureReceiver;
import io.kydai.ingest.rtp.ReceiverReports;
import io.kydai.ingest.rtp.RtcpSink;
import io.kydai.ingest.rtp.VideoReceiver;
import io.kydai.ingest.rtsp.MediaTrack;
import io.kydai.ingest.source.CameraId;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of one connection: gives each its parameters and its times, keeps back what comes
 * before the first key frame, and says of what comes between a loss and the next whole key frame
 * that it is damaged, because it may refer to what is missing. Meanwhile it asks for that key
 * frame, where the camera lets it.
 *
 * <p>Decoding also begins at a {@link Picture#recoveryPoint}: where a key frame is waited for, and
 * as an ordinary key frame where the camera sent no other for 10 s, as encoders do that refresh
 * pictures part by part. What is shown before it then, and comes after it, refers to pictures that
 * are not there, and is left out.
 *
 * <p>On the camera's event loop; {@link #close} ends what it has scheduled.
 */
final class VideoStreamAssembly implements PictureReceiver, AutoCloseable {
  /** Our canonical name (RFC 7022): says nothing of the machine, and is another one next time. */
  private static final String NAME = UUID.randomUUID().toString();

  /** After so long without a key frame, recovery points are all that there is. */
  private static final long KEY_FRAMES_CEASED = Duration.ofSeconds(10).toNanos();

  /** How much earlier than a recovery point what follows it may be shown, in 1/90000 s. */
  private static final int LONGEST_LEAD = 2 * MediaTime.TICKS_PER_SECOND;

  private static final long ASK_AGAIN = Duration.ofSeconds(2).toNanos();

  /** Where pictures go. */
  interface Output {
    /**
     * @param keyFrame whether decoding can start at it
     * @param discontinuity whether it has nothing to do with the pictures before
     * @param damaged whether something is missing of it, or of what it may refer to
     */
    void onPicture(
        CodecParameters parameters,
        PictureTimes.Times times,
        boolean keyFrame,
        boolean discontinuity,
        boolean damaged,
        Picture picture);

    /**
     * A picture came that cannot be decoded.
     *
     * @param why a sentence's end: what is missing
     */
    void onUndecodable(String why);

    /** The connection cannot go on. */
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
  private @Nullable KeyFrameRequest otherRequest;
  private long askedOtherwiseAt;
  private boolean expiring;
  private boolean closed;

  /** The first key frame left. */
  private boolean begun;

  /** What comes refers to nothing that is missing. */
  private boolean whole;

  private boolean keyFrameCame;
  private long keyFrameCameAt;

  /** Decoding began at a recovery point, and nothing shown after it has come yet. */
  private boolean leading;

  private long beganAt;

  /**
   * @param times the camera's own, over all connections
   * @param markers what the camera's marker bits mean, over all connections
   * @throws MediaException when the track's pictures cannot be put together
   */
  VideoStreamAssembly(
      CameraId camera,
      MediaTrack track,
      PictureTimes times,
      MarkerBits markers,
      Clock clock,
      EventExecutor loop,
      PacketCounter meter,
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
            meter,
            format.depacketizer(this, markers));
    Integer announced = track.ssrc();
    if (announced != null) {
      receiver.announced(announced);
    }
    feedback = KeyFrameFeedback.offered(track.parameters().getOrDefault("rtcp-fb", ""));
    times.reconnected(track.clockRate());
  }

  /** The transport may change the order of packets. */
  void expectReordering() {
    receiver.expectReordering();
  }

  /** From now on tells the camera how its packets arrive, and when a key frame is wanted. */
  void reportTo(RtcpSink sink) {
    closeReports();
    reports = new ReceiverReports(receiver, feedback, loop, NAME, sink);
  }

  /** Asks for key frames by other means where the camera does not offer it over RTCP. */
  void requestKeyFramesBy(KeyFrameRequest request) {
    otherRequest = request;
    askedOtherwiseAt = now() - ASK_AGAIN;
  }

  void rtp(ByteBuf packet) throws MediaException {
    receiver.rtp(packet);
    expireLater();
  }

  /**
   * @throws MediaException when the camera ends the stream
   */
  void rtcp(ByteBuf packet) throws MediaException {
    receiver.rtcp(packet, clock.instant());
  }

  /** One task at a time, however many packets wait. */
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

  /** Packets of the track that came, until now. */
  long received() {
    return receiver.received();
  }

  /** Packets of the track that are missing, until now. */
  long lost() {
    return receiver.lost();
  }

  /** How far the camera's clock is before ours; empty where it does not say. */
  Optional<Duration> clockOffset() {
    return receiver.clockOffset();
  }

  @Override
  public void onParameterSet(byte[] nal) {
    parameterSets.accept(nal);
  }

  @Override
  public void onPicture(Picture picture) {
    whole &= !picture.damaged() && !picture.afterLoss();
    if (picture.keyFrame()) {
      keyFrameCame = true;
      keyFrameCameAt = now();
    }
    boolean keyFrame = picture.keyFrame() || picture.recoveryPoint() && isWanted();
    boolean startsHere = keyFrame && !picture.damaged();
    if (isLeading(picture)) {
      return;
    }
    if (!whole && !startsHere) {
      output.onUndecodable(why(keyFrame));
      requestKeyFrame();
      if (!begun) {
        return;
      }
    }
    Optional<CodecParameters> parameters = parameterSets.parameters(picture);
    if (parameters.isEmpty()) {
      output.onUndecodable("parameter sets that its pictures name did not come");
      whole = false;
      return;
    }
    boolean afresh = startsHere && !whole;
    leading = afresh && picture.recoveryPoint();
    beganAt = picture.timestamp();
    whole |= startsHere;
    begun = true;
    OptionalInt depth = parameterSets.reorderDepth(picture);
    PictureTimes.Times its =
        times.of(
            picture.timestamp(),
            startsHere,
            afresh,
            depth.isPresent() ? Integer.valueOf(depth.getAsInt()) : null,
            receiver.reported(picture.timestamp()).orElse(null));
    output.onPicture(parameters.get(), its, keyFrame, afresh || its.jumped(), !whole, picture);
  }

  /** Whether a recovery point counts as a key frame. */
  private boolean isWanted() {
    return !whole || !keyFrameCame || now() - keyFrameCameAt > KEY_FRAMES_CEASED;
  }

  /** Whether a picture is shown before the recovery point at which decoding began just now. */
  private boolean isLeading(Picture picture) {
    int after = (int) (picture.timestamp() - beganAt);
    leading &= after < 0 && after > -LONGEST_LEAD;
    return leading;
  }

  private String why(boolean keyFrame) {
    if (keyFrame) {
      return "a key frame came with packets missing";
    }
    return begun
        ? "since packets were lost or cut, no whole key frame came"
        : "of its pictures none was a key frame";
  }

  private void requestKeyFrame() {
    ReceiverReports reporting = reports;
    KeyFrameRequest request = otherRequest;
    if (feedback != KeyFrameFeedback.NONE && reporting != null) {
      reporting.requestKeyFrame();
    } else if (request != null && now() - askedOtherwiseAt >= ASK_AGAIN) {
      askedOtherwiseAt = now();
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
