/**
 * The media of simulated cameras: clips divided into pictures, audio, metadata, and their RTP
 * payloads.
 *
 * <p>Input: elementary streams, JPEG files and audio files. Output: payloads that all sessions
 * share, in heap memory that is not changed after its creation. The package shares no code with the
 * client that it tests.
 */
@NullMarked
package io.kydai.ingest.simulator.media;

import org.jspecify.annotations.NullMarked;
