/** Rules that ask how traffic and people move: their speed, standing, queueing and sudden stops. */
@NullMarked
package io.kydai.analytics.rules.movement;

import org.jspecify.annotations.NullMarked;
