/**
 * The values that describe encoded media: access units, audio frames, codec parameters and times.
 * Ingest creates them; decoders, muxers and pages use them. The package owns no native memory and
 * no thread.
 */
@NullMarked
package io.kydai.ingest.media;

import org.jspecify.annotations.NullMarked;
