/**
 * A simulated ONVIF device, for tests and demonstrations.
 *
 * <p>Input: the device's configuration ({@link
 * io.kydai.ingest.simulator.onvif.OnvifSimulator.Builder}). Output: responses to WS-Discovery,
 * Device, Media 1 and 2, Events and PTZ requests in the XML style of one of several makers, and a
 * record of the commands ({@link io.kydai.ingest.simulator.onvif.OnvifSimulator#done}). The
 * addresses of its streams are given to it, such as those of the RTSP camera simulator.
 *
 * <p>Each simulator owns one event loop and its sockets from start to close.
 */
@NullMarked
package io.kydai.ingest.simulator.onvif;

import org.jspecify.annotations.NullMarked;
