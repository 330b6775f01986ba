package io.kydai.ingest.camera;

import io.kydai.ingest.clock.PictureTimes;
import io.kydai.ingest.media.AudioFrame;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.MetadataDocument;
import io.kydai.ingest.rtp.packet.Picture;
import java.time.Duration;

/**
 * An event of a connection to a camera. Events are reported on the camera's event loop, in the
 * order in which they occur.
 */
sealed interface ConnectionEvent {
  /** The camera has agreed to play. */
  record Playing() implements ConnectionEvent {}

  /** The first video packet arrived; reported once in an attempt. */
  record MediaStarted() implements ConnectionEvent {}

  /**
   * Bytes were skipped that were neither a message nor a frame.
   *
   * @param count how many, at least 1
   */
  record BytesSkipped(int count) implements ConnectionEvent {}

  /**
   * A sender report gave the camera's clock.
   *
   * @param offset how far the camera's clock is ahead of this machine's clock
   */
  record ClockCompared(Duration offset) implements ConnectionEvent {}

  /**
   * A picture of the video was received, complete or with parts missing.
   *
   * @param parameters the codec parameters that the picture refers to
   * @param times the picture's times
   * @param keyFrame whether decoding can begin at the picture
   * @param discontinuity whether the picture does not continue the pictures before it
   * @param damaged whether a part of the picture, or of pictures that it may refer to, is missing
   * @param picture the encoded picture
   */
  record PictureReceived(
      CodecParameters parameters,
      PictureTimes.Times times,
      boolean keyFrame,
      boolean discontinuity,
      boolean damaged,
      Picture picture)
      implements ConnectionEvent {}

  /**
   * A picture arrived that cannot be decoded.
   *
   * @param why what is missing; it is written after a colon
   */
  record PictureUndecodable(String why) implements ConnectionEvent {}

  /** An audio frame was received. */
  record AudioReceived(AudioFrame frame) implements ConnectionEvent {}

  /** A metadata document was received. */
  record MetadataReceived(MetadataDocument document) implements ConnectionEvent {}

  /** The attempt has ended; nothing more is reported. */
  sealed interface Ended extends ConnectionEvent {
    /** Returns the reason of the end, a sentence without secrets. */
    String reason();
  }

  /** The attempt failed, or the connection broke. */
  record Failed(String reason) implements Ended {}

  /** No connection to the camera's own host could be opened. */
  record Unreachable(String reason) implements Ended {}

  /** The camera rejected the user or the password. */
  record LoginRefused(String reason) implements Ended {}
}
