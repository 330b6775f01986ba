/**
 * Measures what close looks at parts of the picture gain: {@code scripts/evaluate regions}.
 *
 * <p>Enters: clips with truth boxes. Leaves: a table. Detections are remembered in a folder, as
 * they take most of the time.
 */
package io.kydai.analytics.evaluation.regions;
