package io.kydai.ingest.rtsp.message;

/**
 * A run of bytes on the connection that were neither a message nor a frame, and were skipped.
 *
 * @param count how many, at least 1
 */
public record SkippedBytes(int count) {}
