/**
 * SOAP 1.2 over HTTP as ONVIF uses it (Core Specification, section 5): requests with WS-Security or
 * HTTP authentication, and the XML of the responses.
 *
 * <p>Input: the address of a device's service, credentials, a request's body. Output: {@link
 * io.kydai.ingest.onvif.soap.XmlElement}s, or an {@link io.kydai.ingest.onvif.soap.OnvifException}
 * with a sentence without secrets. What a device sends is bounded by {@link
 * io.kydai.ingest.onvif.soap.HttpExchange} and {@link io.kydai.ingest.onvif.soap.XmlReader}.
 *
 * <p>Ownership: each exchange owns its connection and closes it. Threads: the event loop belongs to
 * the caller, and futures complete on it.
 */
@NullMarked
package io.kydai.ingest.onvif.soap;

import org.jspecify.annotations.NullMarked;
