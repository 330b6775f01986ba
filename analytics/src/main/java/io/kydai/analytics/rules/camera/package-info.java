/**
 * Rules that ask about the camera itself or about single vehicles wherever they are: {@code
 * tamper}, {@code signal-lost} and {@code plate-watch}.
 */
@NullMarked
package io.kydai.analytics.rules.camera;

import org.jspecify.annotations.NullMarked;
