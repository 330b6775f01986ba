/**
 * How a camera is: connecting, live, stalled or waiting for the next attempt, since when and why.
 *
 * <p>Immutable values, published on the camera's event loop at each change.
 */
@NullMarked
package io.kydai.ingest.status;

import org.jspecify.annotations.NullMarked;
