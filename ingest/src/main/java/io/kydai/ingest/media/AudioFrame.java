package io.kydai.ingest.media;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.source.CameraId;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * A piece of a camera's sound: one AAC access unit, or what one packet of G.711 holds. Immutable,
 * on the heap.
 *
 * @param mediaTime of its first sample, in units of 1/90000 s on the scale of the access units'
 *     media times. The two are brought together by their arrival: they are as far apart as the
 *     camera and the network delay one against the other
 * @param wallClock when it arrived
 * @param discontinuity whether sound before it is missing, or it is the first
 * @param data encoded, read-only
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

  /** A view of its own, so that a reader's position disturbs no other reader. */
  @Override
  public ByteBuffer data() {
    return data.duplicate();
  }
}
