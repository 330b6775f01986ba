/**
 * Finds ONVIF devices in the local network (WS-Discovery, OASIS 2005/04, as the ONVIF Core
 * Specification, section 7, uses it).
 *
 * <p>Input: a time to wait, and the datagrams of devices, which are untrusted and bounded. Output:
 * {@link io.kydai.ingest.onvif.discovery.FoundDevice}s, each once.
 *
 * <p>Ownership: a search owns its sockets and closes them when its time is over. Threads: the event
 * loop belongs to the caller, and the future completes on it.
 */
@NullMarked
package io.kydai.ingest.onvif.discovery;

import org.jspecify.annotations.NullMarked;
