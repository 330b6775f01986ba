/**
 * RTCP (RFC 3550, section 6) as a receiver of cameras needs it.
 *
 * <p>Enters: compound packets of a camera, as borrowed Netty buffers that are read before the call
 * returns. Leaves: its sender reports and goodbyes; and our own compound packets, which belong to
 * who asked for them.
 *
 * <p>Owns nothing.
 */
@NullMarked
package io.kydai.ingest.rtcp;

import org.jspecify.annotations.NullMarked;
