/**
 * Evidence of alerts: a snapshot, a clip of the camera's own stream, and what was observed.
 *
 * <p>Enters: alerts that open, and each camera's access units and observations. Leaves: files under
 * the folder of evidence, each announced once it is whole and on the disk.
 *
 * <p>Owns: each camera's pre-roll buffer, the clips that are being cut, and files that are not yet
 * whole. Everything of one camera happens on that camera's serial executor; files are written on
 * threads of the clip writer.
 */
@NullMarked
package io.kydai.streaming.evidence;

import org.jspecify.annotations.NullMarked;
