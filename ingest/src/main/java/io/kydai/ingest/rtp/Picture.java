package io.kydai.ingest.rtp;

/**
 * An encoded picture as it came from the network.
 *
 * @param timestamp RTP timestamp, 32 bits, unsigned, 90 kHz
 * @param keyFrame whether it is an IDR picture
 * @param pictureParameterSet the id that its first slice names
 * @param afterLoss whether anything between the picture before and this one was lost or damaged
 * @param damaged whether packets of this very picture are missing
 * @param data NAL units, each behind its length in four bytes, big-endian. The receiver's own
 */
public record Picture(
    long timestamp,
    boolean keyFrame,
    int pictureParameterSet,
    boolean afterLoss,
    boolean damaged,
    byte[] data) {}
