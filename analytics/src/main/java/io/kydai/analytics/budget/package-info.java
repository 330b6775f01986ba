/**
 * One budget of inference time for all cameras.
 *
 * <p>Enters: what each camera is worth, how many frames it has and what one of them costs. Leaves:
 * how many frames per second of each are analysed. Owns no frames and no threads: a camera asks for
 * its rate whenever a frame comes, and lets the others go before the work that they would be.
 */
@NullMarked
package io.kydai.analytics.budget;

import org.jspecify.annotations.NullMarked;
