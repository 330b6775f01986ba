/**
 * What a rule is: the {@link io.kydai.analytics.rules.type.Rule} itself and the {@link
 * io.kydai.analytics.rules.type.RuleType} that describes it to the configuration, the
 * documentation, the HTTP interface and the wall.
 */
@NullMarked
package io.kydai.analytics.rules.type;

import org.jspecify.annotations.NullMarked;
