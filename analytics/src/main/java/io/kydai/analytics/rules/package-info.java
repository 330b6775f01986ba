/**
 * Questions to a scene, and the life cycle of their answers.
 *
 * <p>Enters: observations of one camera, in order. Leaves: alerts (opened, updated, closed) and
 * counts. Measures in media time; the wall clock is carried along, and read only for schedules and
 * for the pieces of time of counts. Owns no threads.
 */
package io.kydai.analytics.rules;
