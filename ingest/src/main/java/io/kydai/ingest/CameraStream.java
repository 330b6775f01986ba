package io.kydai.ingest;

import io.kydai.ingest.rtp.MediaException;
import io.kydai.ingest.rtp.MediaTimeline;
import io.kydai.ingest.rtp.Picture;
import io.kydai.ingest.rtp.PictureReceiver;
import io.kydai.ingest.rtp.VideoReceiver;
import io.kydai.ingest.rtsp.MediaTrack;
import io.netty.buffer.ByteBuf;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The pictures of one connection: gives each its parameters and its times, and keeps back what
 * cannot be decoded. That is all before the first key frame, and all from a loss to the next key
 * frame, because it may refer to what is missing.
 */
final class CameraStream implements PictureReceiver {
  /** Where decodable pictures go. */
  interface Output {
    void onPicture(
        CodecParameters parameters,
        long mediaTime,
        Instant wallClock,
        boolean discontinuity,
        Picture picture);
  }

  private final ParameterSets parameterSets;
  private final VideoReceiver receiver;
  private final MediaTimeline timeline;
  private final Clock clock;
  private final LongSupplier arrivalClock;
  private final Output output;
  private boolean awaitingKeyFrame = true;

  /**
   * @param timeline the camera's own, over all connections
   * @param arrivalClock in nanoseconds, never backwards
   * @throws MediaException when the track's pictures cannot be put together
   */
  CameraStream(
      CameraId camera,
      MediaTrack track,
      MediaTimeline timeline,
      Clock clock,
      LongSupplier arrivalClock,
      Output output)
      throws MediaException {
    this.timeline = timeline;
    this.clock = clock;
    this.arrivalClock = arrivalClock;
    this.output = output;
    VideoFormat format = VideoFormat.of(track);
    parameterSets = format.parameterSets(camera);
    receiver = new VideoReceiver(track.payloadType(), format.depacketizer(this));
    timeline.reconnected();
  }

  void rtp(ByteBuf packet) throws MediaException {
    receiver.rtp(packet);
  }

  void rtcp(ByteBuf packet) {
    receiver.rtcp(packet);
  }

  /** Packets of the track that came, until now. */
  long received() {
    return receiver.received();
  }

  /** Packets of the track that are missing, until now. */
  long lost() {
    return receiver.lost();
  }

  @Override
  public void onParameterSet(byte[] nal) {
    parameterSets.accept(nal);
  }

  @Override
  public void onPicture(Picture picture) {
    if (picture.damaged()) {
      awaitingKeyFrame = true;
      return;
    }
    awaitingKeyFrame |= picture.afterLoss();
    if (awaitingKeyFrame && !picture.keyFrame()) {
      return;
    }
    Optional<CodecParameters> parameters = parameterSets.parameters(picture);
    if (parameters.isEmpty()) {
      awaitingKeyFrame = true;
      return;
    }
    MediaTimeline.Moment moment = timeline.place(picture.timestamp(), arrivalClock.getAsLong());
    boolean discontinuity = awaitingKeyFrame || moment.jumped();
    awaitingKeyFrame = false;
    output.onPicture(
        parameters.get(),
        moment.mediaTime(),
        receiver.wallClock(picture.timestamp(), clock.instant()),
        discontinuity,
        picture);
  }
}
