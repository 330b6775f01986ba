package io.kydai.streaming.signedvideo;

/**
 * A NAL unit that is signed.
 *
 * @param nal its number in the file, from 0
 * @param seconds of its picture, in decoding time from the file's first
 * @param kind {@link NalUnitKind#SEI} for a document that is not signed itself
 * @param hash as it stands in a list of hashes: of a slice together with that of its group's first
 */
record HashedUnit(int nal, double seconds, NalUnitKind kind, byte[] hash) {}
