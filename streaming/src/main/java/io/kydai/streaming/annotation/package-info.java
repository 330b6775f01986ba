/**
 * Pictures with what was seen burned in: snapshots, heat maps, and annotated copies of videos.
 *
 * <p>Enters: borrowed frames, observations, scenes, flow grids. Leaves: JPEG and PNG bytes, MP4
 * files.
 *
 * <p>Owns: native pictures and encoders, each within one call or one {@code AutoCloseable}. No type
 * is for two threads at once, but for {@link io.kydai.streaming.annotation.Snapshots}.
 */
@NullMarked
package io.kydai.streaming.annotation;

import org.jspecify.annotations.NullMarked;
