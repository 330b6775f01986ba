/**
 * Rules that ask about the camera itself or about single vehicles wherever they are: {@code
 * tamper}, {@code signal-lost} and {@code plate-watch}.
 */
package io.kydai.analytics.rules.camera;
