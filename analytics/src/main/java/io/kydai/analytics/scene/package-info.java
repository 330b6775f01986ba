/**
 * What was drawn on a camera's picture, and its geometry.
 *
 * <p>Enters: coordinates from configuration. Leaves: immutable values that rules ask (inside this
 * zone? across this line?). Owns nothing.
 */
package io.kydai.analytics.scene;
