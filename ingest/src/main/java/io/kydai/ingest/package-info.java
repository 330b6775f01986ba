/**
 * The room where cameras' bytes come in.
 *
 * <p>Enters: a camera's address ({@link io.kydai.ingest.source.CameraSource}). Leaves: {@link
 * io.kydai.ingest.media.AccessUnit}s, published once to every {@link
 * io.kydai.ingest.media.AccessUnitSubscriber}, each camera's {@link
 * io.kydai.ingest.status.CameraStatus}, and what comes beside the pictures: {@link
 * io.kydai.ingest.media.AudioFrame}s and {@link io.kydai.ingest.media.MetadataDocument}s.
 *
 * <p>Owns: the sockets, the event loops and every Netty buffer. An access unit that leaves is plain
 * heap memory, immutable, and owned by nobody: the garbage collector frees it. Subscribers are
 * called on the camera's event loop.
 *
 * <p>Below it: {@code rtsp} speaks with the camera, {@code rtp} puts pictures and their times
 * together, {@code rtcp} reads and writes what both sides tell of it, {@code h264} and {@code h265}
 * read parameter sets. Another codec is one of {@link io.kydai.ingest.media.Codec} with a
 * depacketiser of its own in {@code rtp}. Beside it: {@code onvif} finds cameras and asks them what
 * they have.
 */
@NullMarked
package io.kydai.ingest;

import org.jspecify.annotations.NullMarked;
