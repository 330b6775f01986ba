/**
 * A camera that speaks ONVIF and has no lens, for tests and demonstrations.
 *
 * <p>Enters: what the camera is to have ({@link
 * io.kydai.ingest.simulator.onvif.OnvifSimulator.Builder}). Leaves: answers to WS-Discovery,
 * Device, Media 1 and 2, Events and PTZ, in the way one of several makers writes XML; and what it
 * was asked to do ({@link io.kydai.ingest.simulator.onvif.OnvifSimulator#done}). Its streams are
 * somebody else's: the simulator of RTSP cameras, mostly.
 *
 * <p>Owns: one event loop and its sockets, from start to close.
 */
@NullMarked
package io.kydai.ingest.simulator.onvif;

import org.jspecify.annotations.NullMarked;
