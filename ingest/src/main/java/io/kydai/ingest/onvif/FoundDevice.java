package io.kydai.ingest.onvif;

import java.net.URI;

/**
 * A camera that answered a probe. Its texts are its own, bounded and printable, and empty where it
 * does not say.
 *
 * @param endpoint its name for itself, mostly a {@code urn:uuid:}
 * @param address of its device service, at the host from which it answered
 */
public record FoundDevice(
    String endpoint, URI address, String name, String hardware, String location) {}
