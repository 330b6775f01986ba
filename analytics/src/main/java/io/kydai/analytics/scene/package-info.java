/**
 * What was drawn on a camera's picture, its geometry, and where on the ground its places are.
 *
 * <p>Enters: coordinates from configuration. Leaves: immutable values that rules ask (inside this
 * zone? across this line? how many metres?). Owns nothing.
 */
@NullMarked
package io.kydai.analytics.scene;

import org.jspecify.annotations.NullMarked;
