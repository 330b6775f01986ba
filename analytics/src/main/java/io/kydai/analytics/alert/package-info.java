/**
 * What the rules found, as values that everybody above may name.
 *
 * <p>An {@link io.kydai.analytics.alert.Alert} is opened, updated any number of times and closed
 * once; a {@link io.kydai.analytics.alert.Plate} is what was read of a vehicle that takes part. The
 * package imports no other package of analytics but that of observations.
 */
@NullMarked
package io.kydai.analytics.alert;

import org.jspecify.annotations.NullMarked;
