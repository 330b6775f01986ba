/**
 * The parsing of those parts of H.264 (ITU-T H.264) that are needed without decoding pictures.
 *
 * <p>Enters: NAL units as byte arrays, without start code. Leaves: picture sizes and the ids by
 * which pictures refer to their parameter sets. The package owns nothing: its methods are pure
 * functions of their bytes and may be called on any thread.
 */
@NullMarked
package io.kydai.ingest.codec.h264;

import org.jspecify.annotations.NullMarked;
