/**
 * The status of a camera: its connection state, since when and why, and its frame and bit rates.
 *
 * <p>The values are immutable and are published on the camera's event loop at each change.
 */
@NullMarked
package io.kydai.ingest.status;

import org.jspecify.annotations.NullMarked;
