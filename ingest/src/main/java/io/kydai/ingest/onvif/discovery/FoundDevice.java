package io.kydai.ingest.onvif.discovery;

import java.net.URI;

/**
 * A camera that answered a discovery probe. The texts are bounded and printable, and empty when the
 * camera does not report them.
 *
 * @param endpoint the camera's identifier (WS-Discovery endpoint reference), mostly a {@code
 *     urn:uuid:}
 * @param address the address of its device service, at the host from which it answered
 * @param name the camera's name
 * @param hardware the camera's model
 * @param location the camera's location, as it was entered in the camera
 */
public record FoundDevice(
    String endpoint, URI address, String name, String hardware, String location) {}
