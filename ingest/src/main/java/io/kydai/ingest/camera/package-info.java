/**
 * One camera's life: its connections, one after the other, and what they bring together.
 *
 * <p>Enters: a camera's definition; what its RTSP sessions report; RTP packets as borrowed Netty
 * buffers. Leaves: access units, audio frames and metadata documents to the subscribers, and a
 * status at each change of state.
 *
 * <p>Every object belongs to one camera and is used on that camera's event loop, the subscriber
 * lists excepted, which any thread may change. Owns the camera's timers, which end with it.
 */
@NullMarked
package io.kydai.ingest.camera;

import org.jspecify.annotations.NullMarked;
