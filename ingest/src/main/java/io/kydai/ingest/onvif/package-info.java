/**
 * Speaks with cameras about themselves (ONVIF): where they are, which streams they have, what they
 * noticed, where they look.
 *
 * <p>Enters: an address that a person named or a probe found, and credentials. Leaves: {@link
 * io.kydai.ingest.onvif.FoundDevice}s, {@link io.kydai.ingest.onvif.MediaProfile}s and their
 * addresses, {@link io.kydai.ingest.onvif.OnvifEvent}s; never a password. Everything comes as a
 * {@link java.util.concurrent.CompletableFuture} that fails with an {@link
 * io.kydai.ingest.onvif.OnvifException}.
 *
 * <p>Owns: one event loop and its sockets ({@link io.kydai.ingest.onvif.OnvifClient}). Futures
 * complete on that loop, so what follows on them must not wait.
 */
@NullMarked
package io.kydai.ingest.onvif;

import org.jspecify.annotations.NullMarked;
