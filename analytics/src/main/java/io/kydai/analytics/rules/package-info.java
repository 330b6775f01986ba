/**
 * The entrance to the rules: the engine that runs a camera's rules, and the list of their types.
 *
 * <p>Enters: the observations of one camera, in order. Leaves: alerts (opened, updated, closed) and
 * what the rules counted. A {@link io.kydai.analytics.rules.RuleEngine} measures in media time; the
 * wall clock is carried along, and read only for schedules and for the time buckets of counts. The
 * package owns no threads. {@link io.kydai.analytics.rules.RuleTypes} lists the types of rules,
 * which live below by what they ask about: {@code camera}, {@code crossing}, {@code movement} and
 * {@code presence}; these build on {@code memory}, {@code lifecycle}, {@code counting} and {@code
 * settings}.
 */
@NullMarked
package io.kydai.analytics.rules;

import org.jspecify.annotations.NullMarked;
