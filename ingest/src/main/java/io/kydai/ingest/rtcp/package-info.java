/**
 * The part of RTCP (RFC 3550, section 6) that a receiver of cameras' streams needs.
 *
 * <p>Input: compound packets of a camera in borrowed Netty buffers, which are read before the call
 * returns. Output: the camera's sender reports and goodbyes, and compound packets for the camera,
 * which the caller owns.
 *
 * <p>Ownership: the package keeps no buffer.
 */
@NullMarked
package io.kydai.ingest.rtcp;

import org.jspecify.annotations.NullMarked;
