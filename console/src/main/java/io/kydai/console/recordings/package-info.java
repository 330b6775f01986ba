/**
 * The index of recordings in the database, and the holds that keep recordings from deletion.
 *
 * <p>Enters: segments and gaps from the recorder, holds from people. Leaves: what was recorded of a
 * camera in a span of time, and what may be deleted. Owns the three tables of recordings; the files
 * belong to {@code streaming.recording}.
 */
@NullMarked
package io.kydai.console.recordings;

import org.jspecify.annotations.NullMarked;
