/**
 * Whether a camera still shows what it usually shows.
 *
 * <p>Enters: frames of one camera, in order. Leaves: at most one finding at a time (covered,
 * defocused, moved, frozen, dark), with the value, what is normal on this camera, and the limit.
 * For how long a finding must last, and what becomes of it, is its rule's affair. Everything is
 * measured on a small grey copy of the picture; owns some 250 kB a camera and no native memory.
 *
 * <p>Apart from that, {@link io.kydai.analytics.health.ContrastStretch} measures on the same grey
 * copy whether haze takes the picture's contrast, and gives the curve that returns it to the
 * network's input.
 */
@NullMarked
package io.kydai.analytics.health;

import org.jspecify.annotations.NullMarked;
