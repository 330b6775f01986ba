/**
 * The way to a camera: addresses, how many connections one host is asked for at once, back-off, and
 * what may be said of an address without its secrets.
 *
 * <p>Enters: a camera's address and credentials. Leaves: a channel that is connected, or why it is
 * not.
 *
 * <p>Owns the places in the limiters, which are given back when a connection ends in any way.
 * Called on the camera's event loop; the limiters are shared by the cameras of one host and are
 * thread-safe.
 */
@NullMarked
package io.kydai.ingest.connect;

import org.jspecify.annotations.NullMarked;
