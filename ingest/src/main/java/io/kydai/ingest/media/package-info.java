/**
 * Values that describe media and that every package names. They come from parameter sets and go to
 * decoders, muxers and pages; nothing here holds memory or has a thread.
 */
@NullMarked
package io.kydai.ingest.media;

import org.jspecify.annotations.NullMarked;
