/**
 * What the bitstreams of H.264 and H.265 have in common: bits behind emulation prevention,
 * Exp-Golomb codes, and the pixel aspect ratios of table E-1.
 *
 * <p>Enters: bytes of NAL units. Leaves: numbers, or why the bytes are malformed. Owns nothing; a
 * reader belongs to the call that made it.
 */
@NullMarked
package io.kydai.ingest.codec.syntax;

import org.jspecify.annotations.NullMarked;
