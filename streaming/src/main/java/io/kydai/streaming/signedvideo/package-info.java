/**
 * Signatures that cameras put into their own video: the check of a file against them, by ONVIF's
 * Media Signing Specification (26.06), or by Axis Signed Video, of which that came.
 *
 * <p>Enters: an MP4 file with H.264 or H.265, and the root certificates that are trusted. Leaves:
 * what its signatures say of it, which {@code docs/signed-video.md} describes. Nothing here changes
 * a file, or owns anything beyond a call.
 */
@NullMarked
package io.kydai.streaming.signedvideo;

import org.jspecify.annotations.NullMarked;
