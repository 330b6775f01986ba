/**
 * The trial of a rule on what a camera has seen in the last hours, before the rule is saved.
 *
 * <p>Enters: the observations of all cameras, and a rule with its scene. Leaves: how often the rule
 * would have raised an alert, and when. Owns: the folder in which observations are kept for it, of
 * which the oldest are dropped.
 */
@NullMarked
package io.kydai.console.trial;

import org.jspecify.annotations.NullMarked;
