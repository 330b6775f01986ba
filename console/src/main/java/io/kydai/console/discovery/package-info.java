/**
 * Cameras that are not configured yet, and those that can be moved.
 *
 * <p>Enters: an operator's wish to look around, an address with credentials, or a movement. Leaves:
 * what was found, a camera's streams without credentials. Nothing of it is kept on disk, and
 * credentials are not kept at all, but those of configured cameras.
 *
 * <p>Owns: the {@link io.kydai.ingest.onvif.OnvifClient}. Calls wait for cameras, so they belong on
 * workers.
 */
@NullMarked
package io.kydai.console.discovery;

import org.jspecify.annotations.NullMarked;
