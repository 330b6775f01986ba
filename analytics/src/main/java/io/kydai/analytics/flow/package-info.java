/**
 * How a camera's picture is used: where what passes, which way, and where it stands; and the lanes
 * that this suggests.
 *
 * <p>Enters: observations. Leaves: grids to look at, and zones and lines for a person to accept.
 *
 * <p>Owns: one {@link io.kydai.analytics.flow.FlowMap} of fixed size for each camera. Nothing here
 * changes a scene.
 */
@NullMarked
package io.kydai.analytics.flow;

import org.jspecify.annotations.NullMarked;
