package io.kydai.ingest.simulator.onvif;

import java.net.URI;

/**
 * A stream that the simulated camera offers.
 *
 * @param encoding {@code H264}, {@code H265} or {@code JPEG}; Media 1 does not list H.265, as its
 *     schema has no word for it
 * @param address what the camera answers when asked for the stream, right or wrong
 */
public record SimulatedProfile(
    String token, String name, String encoding, int width, int height, int fps, URI address) {}
