/**
 * Connecting to a camera: endpoints, the limit on concurrent connection attempts to one host,
 * back-off, and the removal of secrets from messages.
 *
 * <p>Input: a camera's address and credentials. Output: a connected channel, or the reason of the
 * failure.
 *
 * <p>Ownership: the package counts the connection attempts of each host; a camera releases its slot
 * when its attempt ends in any way. Threads: all classes are used on the camera's event loop,
 * except the limiters, which the cameras of one host share and which are thread-safe.
 */
@NullMarked
package io.kydai.ingest.connect;

import org.jspecify.annotations.NullMarked;
