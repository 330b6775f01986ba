/**
 * A few threads for many cameras, fairly.
 *
 * <p>Enters: queues, each with work that must be done in order. Leaves: turns, one at a time for
 * each queue, by the queues' weights. Owns the threads; holds no work itself, so that it cannot
 * grow: what waits, waits in the queue's own bounded place.
 */
@NullMarked
package io.kydai.analytics.turns;

import org.jspecify.annotations.NullMarked;
