package io.kydai.ingest.rtp;

/**
 * An encoded picture as it came from the network.
 *
 * @param timestamp RTP timestamp, 32 bits, unsigned, 90 kHz
 * @param keyFrame whether decoding can start at it: IDR of H.264, IRAP of H.265, every JPEG
 * @param recoveryPoint whether it is no key frame, but decoding may begin at it all the same:
 *     pictures are whole some time later (a recovery point message), or at once but for those that
 *     are shown before it (open group of pictures; an intra picture behind a sequence parameter
 *     set)
 * @param pictureParameterSet the id that its first slice names; 0 for JPEG
 * @param afterLoss whether anything between the picture before and this one was lost or damaged
 * @param damaged whether packets of this very picture are missing
 * @param data NAL units, each behind its length in four bytes, big-endian; or one JPEG file. The
 *     receiver's own
 */
public record Picture(
    long timestamp,
    boolean keyFrame,
    boolean recoveryPoint,
    int pictureParameterSet,
    boolean afterLoss,
    boolean damaged,
    byte[] data) {}
