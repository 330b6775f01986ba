package io.kydai.ingest.simulator.media;

import java.util.List;

/**
 * The media of one RTP timestamp: a picture, an audio frame, or a metadata document.
 *
 * @param payloads the packets' payloads, which all sessions share and nobody changes
 * @param key whether a client's stream can begin with this unit
 * @param reorder the difference of the timestamp to that of the unit's place, in units
 */
public record MediaUnit(List<byte[]> payloads, boolean key, int reorder) {}
