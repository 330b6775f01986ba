/**
 * Authentication at a camera, for RTSP and HTTP.
 *
 * <p>Input: the challenges of a 401 response, a user and a password. Output: the value of an {@code
 * Authorization} field. The password is written nowhere else.
 */
@NullMarked
package io.kydai.ingest.login;

import org.jspecify.annotations.NullMarked;
