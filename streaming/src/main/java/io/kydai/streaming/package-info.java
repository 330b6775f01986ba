/**
 * Live streams and evidence, made of access units and observations: the door, and what happens
 * behind it for one camera.
 *
 * <p>Enters: access units, observations, alerts with a borrowed frame. Leaves: fragmented MP4 for
 * browsers, snapshots, clips cut from the camera's own stream. Knows no reports or users.
 *
 * <p>Owns: the threads that cameras share, and for each camera its live stream and its evidence.
 */
@NullMarked
package io.kydai.streaming;

import org.jspecify.annotations.NullMarked;
