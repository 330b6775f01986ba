package io.kydai.streaming.live.hls;

import io.kydai.ingest.media.CodecParameters;

/**
 * What a player needs before segments of these codec parameters ({@code EXT-X-MAP}).
 *
 * @param number counts the stream's maps from 0
 */
record InitialisationMap(long number, CodecParameters parameters, MediaBytes media) {}
