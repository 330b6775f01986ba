package io.kydai.streaming.live.hls;

/**
 * A partial segment.
 *
 * @param number counts the stream's parts from 0
 * @param duration 1/90000 s
 * @param independent whether decoding can begin within it
 */
record HlsPart(long number, long duration, boolean independent, MediaBytes media) {}
