/**
 * Questions to a scene, and the life cycle of their answers.
 *
 * <p>Enters: observations of one camera, in order. Leaves: alerts (opened, updated, closed) and
 * counts. Knows media time only: the wall clock is carried along, never read. Owns no threads.
 */
package io.kydai.analytics.rules;
