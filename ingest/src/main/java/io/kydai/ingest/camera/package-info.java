/**
 * A camera's connections over time, and the assembly of its access units, audio frames and
 * metadata.
 *
 * <p>Input: a camera's configuration, the events of its RTSP sessions, and RTP packets in borrowed
 * Netty buffers. Output: access units, audio frames and metadata documents for the subscribers, and
 * a status at each change of state.
 *
 * <p>Threads: every object belongs to one camera and is used on that camera's event loop, except
 * the lists of subscribers, which any thread may change. Ownership: the package owns the camera's
 * timers, which end with the camera.
 */
@NullMarked
package io.kydai.ingest.camera;

import org.jspecify.annotations.NullMarked;
