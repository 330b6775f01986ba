/**
 * What of H.264 (ITU-T H.264) has to be read without decoding a picture.
 *
 * <p>Enters: NAL units as byte arrays, without start code. Leaves: picture sizes and the ids that
 * tie a picture to its parameter sets. Owns nothing: everything is a pure function of its bytes and
 * may be called on any thread.
 */
@NullMarked
package io.kydai.ingest.codec.h264;

import org.jspecify.annotations.NullMarked;
