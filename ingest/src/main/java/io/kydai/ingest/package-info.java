/**
 * The room where cameras' bytes come in.
 *
 * <p>Enters: a camera's address ({@link io.kydai.ingest.CameraSource}). Leaves: {@link
 * io.kydai.ingest.AccessUnit}s, published once to every {@link
 * io.kydai.ingest.AccessUnitSubscriber}, and each camera's {@link io.kydai.ingest.CameraStatus}.
 *
 * <p>Owns: the sockets, the event loops and every Netty buffer. An access unit that leaves is plain
 * heap memory, immutable, and owned by nobody: the garbage collector frees it. Subscribers are
 * called on the camera's event loop.
 *
 * <p>Below it: {@code rtsp} speaks with the camera, {@code rtp} puts pictures and their times
 * together, {@code h264} reads parameter sets. Beside it: {@code onvif} finds cameras and asks them
 * what they have. Another transport is a constant of {@code MediaTransport} in {@code rtsp},
 * another codec one of {@link io.kydai.ingest.Codec} with a depacketiser of its own in {@code rtp}.
 */
package io.kydai.ingest;
