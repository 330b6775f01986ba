/**
 * The operations on cameras: their list, settings, exchange as files, test, discovery, movement,
 * pictures' flow, signals, and the trial of a rule.
 *
 * <p>Enters: calls whose parameters were checked against {@code openapi.json}, and addresses of
 * cameras that people typed, which are checked here. Leaves: what the caller may see of a camera
 * and its state, never a password. Owns nothing: cameras belong to the node.
 */
@NullMarked
package io.kydai.console.http.api.camera;

import org.jspecify.annotations.NullMarked;
