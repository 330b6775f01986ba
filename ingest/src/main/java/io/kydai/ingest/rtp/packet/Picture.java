package io.kydai.ingest.rtp.packet;

/**
 * An encoded picture, reassembled from RTP packets.
 *
 * @param timestamp the RTP timestamp, 32 bits, unsigned, 90 kHz
 * @param keyFrame whether decoding can begin at this picture: IDR in H.264, IRAP in H.265, every
 *     JPEG
 * @param recoveryPoint whether decoding may begin at this picture although it is no key frame: with
 *     complete pictures some time later (recovery point SEI message), or at once except for
 *     pictures that are shown before it (open GOP, recognised by an intra picture after a sequence
 *     parameter set)
 * @param pictureParameterSet the picture parameter set id of the first slice; 0 for JPEG
 * @param afterLoss whether anything between the picture before and this one was lost or damaged
 * @param damaged whether packets of this picture are missing
 * @param data the NAL units, each preceded by its length in 4 bytes, big-endian; or one JPEG file.
 *     The receiver owns the array
 */
public record Picture(
    long timestamp,
    boolean keyFrame,
    boolean recoveryPoint,
    int pictureParameterSet,
    boolean afterLoss,
    boolean damaged,
    byte[] data) {
  /** The largest size in bytes of a picture that is reassembled; a larger one ends the session. */
  public static final int MAX_BYTES = 8 * 1024 * 1024;
}
