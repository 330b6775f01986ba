/**
 * Micro-benchmarks of tracking and rules: {@code scripts/bench --micro}.
 *
 * <p>Enters: MOT-Challenge detections of the shared data. Leaves: JMH's table of frames per second
 * of one core.
 */
package io.kydai.analytics.bench;
