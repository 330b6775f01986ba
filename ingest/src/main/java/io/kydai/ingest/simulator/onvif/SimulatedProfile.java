package io.kydai.ingest.simulator.onvif;

import java.net.URI;

/**
 * A media profile of the simulated device.
 *
 * @param token the profile's token
 * @param name the profile's name
 * @param encoding {@code H264}, {@code H265} or {@code JPEG}; Media 1 does not list H.265, because
 *     its schema has no value for it
 * @param width the width in pixels
 * @param height the height in pixels
 * @param fps frames per second
 * @param address the stream's address in the response to GetStreamUri, unchecked
 */
public record SimulatedProfile(
    String token, String name, String encoding, int width, int height, int fps, URI address) {}
