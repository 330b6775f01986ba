/**
 * Logging in at a camera, over RTSP as over HTTP.
 *
 * <p>Enters: the challenges of a 401, a user and a password. Leaves: the value of an {@code
 * Authorization}. Nothing here writes the password anywhere else.
 */
@NullMarked
package io.kydai.ingest.login;

import org.jspecify.annotations.NullMarked;
