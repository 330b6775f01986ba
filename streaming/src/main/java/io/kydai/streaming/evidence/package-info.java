/**
 * Evidence of alerts: a snapshot, a clip of the camera's own stream, and what was observed.
 *
 * <p>Enters: alerts that open, and each camera's access units and observations. Leaves: files under
 * the folder of evidence, each announced once it is whole and on the disk.
 *
 * <p>Owns: each camera's look-back, the clips that are being cut, and files that are not yet whole.
 * Everything of one camera happens on that camera's lane; files are written on threads of its own.
 */
@NullMarked
package io.kydai.streaming.evidence;

import org.jspecify.annotations.NullMarked;
