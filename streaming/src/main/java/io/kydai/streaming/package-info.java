/**
 * The room where access units and observations become live streams and evidence.
 *
 * <p>Enters: access units, observations, alerts with a borrowed frame. Leaves: fragmented MP4 for
 * browsers, snapshots, clips cut from the camera's own stream. Knows no reports or users.
 *
 * <p>Owns: the newest group of pictures of each camera, viewers' queues, and files that are not yet
 * whole.
 */
@NullMarked
package io.kydai.streaming;

import org.jspecify.annotations.NullMarked;
