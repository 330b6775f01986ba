package io.kydai.ingest.rtsp;

/** Bytes of the connection that were neither a message nor a frame. */
record SkippedBytes(int count) {}
