/**
 * What simulated cameras show: clips cut into pictures, sound, metadata, and their RTP payloads.
 *
 * <p>Enters: elementary streams, JPEG files, sound. Leaves: packets that all sessions share. Heap
 * memory, read-only after it was made. Shares no code with the client that it tests.
 */
@NullMarked
package io.kydai.ingest.simulator.media;

import org.jspecify.annotations.NullMarked;
