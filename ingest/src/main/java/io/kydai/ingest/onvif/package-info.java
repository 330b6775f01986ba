/**
 * An ONVIF client: discovers cameras and reads their media profiles and events, and controls pan,
 * tilt and zoom.
 *
 * <p>Input: an address that was configured or discovered, and credentials. Output: {@link
 * io.kydai.ingest.onvif.discovery.FoundDevice}s, {@link io.kydai.ingest.onvif.MediaProfile}s and
 * their addresses, {@link io.kydai.ingest.onvif.OnvifEvent}s; never a password. All results are
 * {@link java.util.concurrent.CompletableFuture}s, which fail with an {@link
 * io.kydai.ingest.onvif.soap.OnvifException}.
 *
 * <p>Ownership: the package owns one event loop and its sockets ({@link
 * io.kydai.ingest.onvif.OnvifClient}). Threads: futures complete on that loop, so dependent stages
 * must not block.
 */
@NullMarked
package io.kydai.ingest.onvif;

import org.jspecify.annotations.NullMarked;
