package io.kydai.ingest.simulator.media;

import java.util.List;

/**
 * What is sent with one RTP time: a picture, a piece of sound, a document.
 *
 * @param payloads of the packets, shared by all sessions; nobody writes into them
 * @param key whether a client may begin here
 * @param reorder by how many steps the time differs from that of the unit's place
 */
public record MediaUnit(List<byte[]> payloads, boolean key, int reorder) {}
