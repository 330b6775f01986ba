/**
 * The operations on recordings: what there is of a camera, a span of it as a file or a playlist,
 * the days that have some, and holds.
 *
 * <p>Enters: calls whose parameters were checked against {@code openapi.json}. Leaves: bytes of
 * recordings, at the reader's pace, and an audit entry for each viewing. Owns nothing: files belong
 * to the recorder.
 */
@NullMarked
package io.kydai.console.http.api.recording;

import org.jspecify.annotations.NullMarked;
