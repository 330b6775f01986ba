/**
 * How a rule's settings are declared and read.
 *
 * <p>Enters: a {@link io.kydai.analytics.rules.settings.RuleSpec} as the configuration has it, the
 * declared {@link io.kydai.analytics.rules.settings.Parameter}s and the camera's scene. Leaves:
 * values that are within their ranges, or an {@link
 * io.kydai.analytics.rules.settings.InvalidRuleException} that names the key and what would be
 * right. The feeds are how a rule learns of traffic signals and plates without knowing who reads
 * them.
 */
@NullMarked
package io.kydai.analytics.rules.settings;

import org.jspecify.annotations.NullMarked;
