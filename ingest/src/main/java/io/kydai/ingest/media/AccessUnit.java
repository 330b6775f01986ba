package io.kydai.ingest.media;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.source.CameraId;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * One encoded picture (an access unit in the terms of ISO/IEC 14496-15) with its times. It is
 * immutable and held on the heap, so that it may be kept for any time and needs no release.
 *
 * @param camera the camera that sent the picture
 * @param parameters the parameters with which the picture is decoded
 * @param sequence the number of the camera's access unit, which counts from 0 when the camera is
 *     added and has no gaps
 * @param mediaTime the presentation time in units of 1/90000 s, unwrapped. It starts at 0 when the
 *     camera is added and continues across reconnects, with a gap as long as on the wall clock. It
 *     decreases only through the reordering of B-pictures
 * @param decodeTime the decoding time, in the same units and on the same scale: never later than
 *     {@code mediaTime}, and later than that of the preceding access unit. The two times are equal
 *     in streams without B-pictures
 * @param wallClock the best estimate of the time at which the picture was taken
 * @param wallClockSource the clock from which that estimate comes
 * @param keyFrame whether decoding can start here: an IDR picture of H.264, an IRAP picture of
 *     H.265, every JPEG. Where the camera sends none of these, it is a recovery point (ITU-T H.264,
 *     section D.2.8) or an intra picture that follows its parameter sets; pictures may then be
 *     incomplete until some more are decoded, and a decoder that follows the standard does not
 *     output them before
 * @param discontinuity whether this is the first access unit after a connect or reconnect, the
 *     first undamaged one after a loss, or the first one after a clock was stepped, so that it does
 *     not continue the coded sequence or the time line of the access units before it
 * @param damaged whether packets of this picture, or of an earlier one to which it may refer, are
 *     missing: true from a loss until the next intact key frame. Decoders and live viewers skip
 *     damaged access units; a recorder may store and mark them
 * @param data the NAL units, each preceded by its length as four bytes, big-endian, without
 *     parameter sets and access unit delimiters; of {@link Codec#JPEG} one complete JPEG file. The
 *     buffer is read-only
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

  /** Returns a new view, so that readers do not share a position. */
  @Override
  public ByteBuffer data() {
    return data.duplicate();
  }

  /** Returns the size of {@link #data} in bytes. */
  public int size() {
    return data.remaining();
  }

  @Override
  public String toString() {
    return camera + "#" + sequence + "@" + mediaTime + (keyFrame ? " key " : " ") + size() + " B";
  }
}
