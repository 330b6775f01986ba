package io.kydai.ingest.media;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.source.CameraId;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * One encoded picture (ISO/IEC 14496-15's term) with its times. Immutable, on the heap: it may be
 * kept as long as one likes and needs no release.
 *
 * @param camera whose picture it is
 * @param parameters what the picture is to be decoded with
 * @param sequence counts the camera's access units from 0 since it was added, without holes
 * @param mediaTime presentation time in units of 1/90000 s, unwrapped. It starts at 0 when the
 *     camera is added and goes on across reconnects, the gap being as long as it was on the wall
 *     clock: it never jumps backwards but for the reordering of B-pictures
 * @param decodeTime when it is to be decoded, in the same units and on the same scale: never after
 *     {@code mediaTime}, and later than that of the access unit before. The two are equal but for
 *     streams with B-pictures
 * @param wallClock when the picture was taken, as well as is known
 * @param wallClockSource how well that is known
 * @param keyFrame whether decoding can start here: IDR of H.264, IRAP of H.265, every JPEG. Where
 *     the camera sends none of these, a recovery point (ITU-T H.264, section D.2.8) or an intra
 *     picture behind its parameter sets: then pictures may be whole only after some more, which a
 *     decoder that follows the standard does not show before
 * @param discontinuity whether this is the first access unit after a connect or reconnect, the
 *     first undamaged one after a loss, or one before which a clock was stepped: what came before
 *     it does not belong to the same coded sequence, or not to the same time
 * @param damaged whether packets are missing of this picture, or of one before it that it may refer
 *     to: from a loss to the next intact key frame. A decoder and a live viewer skip these, a
 *     recorder may keep and note them
 * @param data NAL units, each behind its length in four bytes, big-endian, parameter sets and
 *     access unit delimiters left out; of {@link Codec#JPEG} one whole JPEG file. Read-only
 */
public record AccessUnit(
    CameraId camera,
    CodecParameters parameters,
    long sequence,
    long mediaTime,
    long decodeTime,
    Instant wallClock,
    WallClockSource wallClockSource,
    boolean keyFrame,
    boolean discontinuity,
    boolean damaged,
    ByteBuffer data) {

  public AccessUnit {
    requireNonNull(camera);
    requireNonNull(parameters);
    requireNonNull(wallClock);
    requireNonNull(wallClockSource);
    data = data.asReadOnlyBuffer();
  }

  /** A view of its own, so that a reader's position disturbs no other reader. */
  @Override
  public ByteBuffer data() {
    return data.duplicate();
  }

  /** Size of {@link #data} in bytes. */
  public int size() {
    return data.remaining();
  }

  @Override
  public String toString() {
    return camera + "#" + sequence + "@" + mediaTime + (keyFrame ? " key " : " ") + size() + " B";
  }
}
