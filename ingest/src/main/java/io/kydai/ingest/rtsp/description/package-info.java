/**
 * What a camera describes of its streams (SDP, RFC 4566, as RTSP uses it), and which of its tracks
 * are set up.
 *
 * <p>Input: the text of a session description, and the addresses that its track addresses are
 * relative to. Output: {@link io.kydai.ingest.rtsp.description.MediaTrack}s. All are immutable
 * values within the limits in their Javadoc; the package owns nothing and has no threads.
 */
@NullMarked
package io.kydai.ingest.rtsp.description;

import org.jspecify.annotations.NullMarked;
