package io.kydai.ingest.onvif;

import io.kydai.ingest.onvif.soap.ReachedHost;
import io.kydai.ingest.onvif.soap.XmlElement;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The ONVIF services that are used, with their namespaces. */
enum OnvifService {
  DEVICE("http://www.onvif.org/ver10/device/wsdl", "Device", "the device"),
  MEDIA("http://www.onvif.org/ver10/media/wsdl", "Media", "streams"),
  MEDIA2("http://www.onvif.org/ver20/media/wsdl", "Media2", "streams"),
  EVENTS("http://www.onvif.org/ver10/events/wsdl", "Events", "events"),
  PTZ("http://www.onvif.org/ver20/ptz/wsdl", "PTZ", "pan, tilt and zoom");

  private final String namespace;
  private final String capability;
  private final String purpose;

  OnvifService(String namespace, String capability, String purpose) {
    this.namespace = namespace;
    this.capability = capability;
    this.purpose = purpose;
  }

  /** Returns what the service is for, as a part of a sentence. */
  String purpose() {
    return purpose;
  }

  /** Returns the SOAP action of an operation. */
  String action(String operation) {
    return namespace + "/" + operation;
  }

  /**
   * Returns a request's element as XML.
   *
   * @param content the element's children as XML, in the service's namespace unless they declare
   *     another
   */
  String element(String operation, String content) {
    return "<" + operation + " xmlns=\"" + namespace + "\">" + content + "</" + operation + ">";
  }

  private static Optional<OnvifService> of(String namespace) {
    String plain = namespace.replaceAll("/+$", "");
    return Arrays.stream(values()).filter(one -> one.namespace.equals(plain)).findFirst();
  }

  /** Returns the services' addresses in a response to GetServices. */
  static Map<OnvifService, URI> fromServices(XmlElement answer, ReachedHost reached) {
    Map<OnvifService, URI> found = new EnumMap<>(OnvifService.class);
    answer
        .children("Service")
        .forEach(
            one ->
                one.textAt("Namespace")
                    .flatMap(OnvifService::of)
                    .ifPresent(service -> put(found, service, one, reached)));
    return found;
  }

  /** Returns the services' addresses in a response to GetCapabilities. */
  static Map<OnvifService, URI> fromCapabilities(XmlElement answer, ReachedHost reached) {
    Map<OnvifService, URI> found = new EnumMap<>(OnvifService.class);
    answer
        .at("Capabilities")
        .ifPresent(
            all ->
                Arrays.stream(values())
                    .forEach(
                        service ->
                            all.at(service.capability)
                                .ifPresent(one -> put(found, service, one, reached))));
    return found;
  }

  private static void put(
      Map<OnvifService, URI> found, OnvifService service, XmlElement at, ReachedHost reached) {
    at.textAt("XAddr")
        .flatMap(reached::service)
        .ifPresent(address -> found.putIfAbsent(service, address));
  }
}
