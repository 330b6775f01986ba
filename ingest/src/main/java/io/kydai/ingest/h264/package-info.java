/**
 * Reading SEI messages of H.264 and H.265 (ITU-T H.264, annex D) without decoding a picture.
 *
 * <p>Input: NAL units as byte arrays, without start code. Output: whether they contain a recovery
 * point. The functions have no state and may be called on any thread.
 */
@NullMarked
package io.kydai.ingest.h264;

import org.jspecify.annotations.NullMarked;
