/** Rules that ask how traffic and people move: their speed, standing, queueing and sudden stops. */
package io.kydai.analytics.rules.movement;
