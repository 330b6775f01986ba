/**
 * Rules that ask who crosses a line or goes from one zone to another: counts and forbidden
 * crossings.
 */
@NullMarked
package io.kydai.analytics.rules.crossing;

import org.jspecify.annotations.NullMarked;
