/**
 * Encoded pictures become frames, and frames become a network's input.
 *
 * <p>Enters: access units of one camera in decoding order, or packets of a file. Leaves: {@link
 * io.kydai.analytics.decode.DecodedFrame}s, and pixels in direct buffers. Runs libavcodec and
 * libswscale inside this process through Bytedeco's bindings.
 *
 * <p>Native memory: whoever is handed a {@code DecodedFrame} owns one reference and closes it;
 * decoders and scalers belong to whoever made them. {@link io.kydai.analytics.decode.OpenNatives}
 * counts what is open. Nothing here has threads of its own.
 */
@NullMarked
package io.kydai.analytics.decode;

import org.jspecify.annotations.NullMarked;
