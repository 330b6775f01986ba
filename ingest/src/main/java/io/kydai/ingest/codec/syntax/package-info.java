/**
 * The syntax that the bitstreams of H.264 and H.265 share: emulation prevention, Exp-Golomb codes,
 * and the sample aspect ratios of table E-1.
 *
 * <p>Enters: bytes of NAL units. Leaves: numbers, or an exception that says how the bytes are
 * malformed. The package owns nothing; a reader is confined to the call that created it.
 */
@NullMarked
package io.kydai.ingest.codec.syntax;

import org.jspecify.annotations.NullMarked;
