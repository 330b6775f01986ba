package io.kydai.ingest.camera;

import io.kydai.ingest.clock.PictureTimes;
import io.kydai.ingest.media.AudioFrame;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.MetadataDocument;
import io.kydai.ingest.rtp.Picture;
import java.time.Duration;

/**
 * What a connection to a camera reports, on the camera's event loop and in the order it happens.
 */
sealed interface ConnectionEvent {
  /** The camera agreed to play. */
  record Playing() implements ConnectionEvent {}

  /** The first packet of the video came; once in an attempt. */
  record MediaStarted() implements ConnectionEvent {}

  /** Bytes came that were neither a message nor a frame, and were skipped. */
  record BytesSkipped(int count) implements ConnectionEvent {}

  /**
   * A report of the camera's told its clock.
   *
   * @param offset how far it is before ours
   */
  record ClockCompared(Duration offset) implements ConnectionEvent {}

  /**
   * A picture of the video is whole, or as whole as it will be.
   *
   * @param keyFrame whether decoding can start at it
   * @param discontinuity whether it has nothing to do with the pictures before
   * @param damaged whether something is missing of it, or of what it may refer to
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
   * A picture came that cannot be decoded.
   *
   * @param why a sentence's end: what is missing
   */
  record PictureUndecodable(String why) implements ConnectionEvent {}

  /** A frame of the sound beside the video. */
  record AudioReceived(AudioFrame frame) implements ConnectionEvent {}

  /** A document of the metadata beside the video. */
  record MetadataReceived(MetadataDocument document) implements ConnectionEvent {}

  /** The attempt is over; nothing more is reported. */
  sealed interface Ended extends ConnectionEvent {
    /** A sentence without secrets. */
    String reason();
  }

  /** The attempt failed, or the connection broke. */
  record Failed(String reason) implements Ended {}

  /** No connection to the camera's own host could be opened. */
  record Unreachable(String reason) implements Ended {}

  /** The camera wants another user or password. */
  record LoginRefused(String reason) implements Ended {}
}
