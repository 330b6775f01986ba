/**
 * The module that receives cameras' streams.
 *
 * <p>Input: a camera's configuration ({@link io.kydai.ingest.source.CameraSource}). Output: {@link
 * io.kydai.ingest.media.AccessUnit}s, published once to every {@link
 * io.kydai.ingest.media.AccessUnitSubscriber}, each camera's {@link
 * io.kydai.ingest.status.CameraStatus}, and besides the video {@link
 * io.kydai.ingest.media.AudioFrame}s and {@link io.kydai.ingest.media.MetadataDocument}s.
 *
 * <p>Ownership: the module owns the sockets, the event loops and all Netty buffers. Access units
 * are immutable heap memory, which the garbage collector frees. Threads: subscribers are called on
 * the camera's event loop.
 *
 * <p>Packages: {@code camera} manages a camera's connections, {@code rtsp} is the RTSP client,
 * {@code rtp} reassembles pictures, audio frames and documents, {@code clock} computes their times,
 * {@code rtcp} reads and writes reports, and {@code codec} reads parameter sets. Another codec is a
 * value of {@link io.kydai.ingest.media.Codec} with its own depacketiser in {@code rtp}. {@code
 * onvif} discovers cameras and reads their media profiles.
 */
@NullMarked
package io.kydai.ingest;

import org.jspecify.annotations.NullMarked;
