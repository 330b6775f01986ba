/**
 * What of H.265 (ITU-T H.265) has to be read without decoding a picture.
 *
 * <p>Enters: NAL units as byte arrays, without start code. Leaves: picture sizes, what a player has
 * to know of a stream, and the ids that tie a picture to its parameter sets. Owns nothing:
 * everything is a pure function of its bytes and may be called on any thread. Bits are read by the
 * reader of {@code h264}, because both codecs write them alike.
 */
@NullMarked
package io.kydai.ingest.codec.h265;

import org.jspecify.annotations.NullMarked;
