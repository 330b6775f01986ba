/**
 * The discovery of cameras that are not configured yet, and the control of those with PTZ.
 *
 * <p>Enters: a request for discovery, an address with credentials, or a movement. Leaves: the
 * discovered cameras, and a camera's streams without credentials. Nothing is stored on disk, and
 * only the credentials of configured cameras are kept in memory.
 *
 * <p>Owns: the {@link io.kydai.ingest.onvif.OnvifClient}. Calls block until cameras respond, so
 * that they must be made on worker threads.
 */
@NullMarked
package io.kydai.console.discovery;

import org.jspecify.annotations.NullMarked;
