package io.kydai.ingest.media;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.source.CameraId;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * A frame of a camera's audio: one AAC access unit, or the samples of one RTP packet of G.711. It
 * is immutable and held on the heap.
 *
 * @param camera the camera that sent the audio
 * @param parameters the parameters with which the frame is decoded
 * @param mediaTime the time of the first sample, in units of 1/90000 s on the scale of the access
 *     units' media times, by the sender reports of both tracks. While a camera sends none, audio
 *     and video are aligned by their arrival, so that a difference of their delays in the camera
 *     and the network remains
 * @param wallClock the time of arrival
 * @param discontinuity whether audio before this frame is missing, or it is the first frame
 * @param data the encoded samples; the buffer is read-only
 */
public record AudioFrame(
    CameraId camera,
    AudioParameters parameters,
    long mediaTime,
    Instant wallClock,
    boolean discontinuity,
    ByteBuffer data) {
  public AudioFrame {
    requireNonNull(camera);
    requireNonNull(parameters);
    requireNonNull(wallClock);
    data = data.asReadOnlyBuffer();
  }

  /** Returns a new view, so that readers do not share a position. */
  @Override
  public ByteBuffer data() {
    return data.duplicate();
  }
}
