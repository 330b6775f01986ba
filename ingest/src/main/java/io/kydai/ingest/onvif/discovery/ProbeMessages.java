package io.kydai.ingest.onvif.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kydai.ingest.onvif.soap.MalformedXmlException;
import io.kydai.ingest.onvif.soap.ReachedHost;
import io.kydai.ingest.onvif.soap.Soap;
import io.kydai.ingest.onvif.soap.XmlElement;
import io.kydai.ingest.onvif.soap.XmlReader;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The messages of one discovery. Two probes are sent, for network video transmitters and for
 * devices, because some cameras answer only one of the types. Answers to other probes are ignored.
 */
public final class ProbeMessages {
  private static final int MAX_MATCHES = 16;
  private static final String SCOPE = "onvif://www.onvif.org/";
  private static final String DEFAULT_PATH = "/onvif/device_service";

  private final List<String> ids =
      List.of("uuid:" + UUID.randomUUID(), "uuid:" + UUID.randomUUID());

  /** Returns the probes to send. */
  List<byte[]> probes() {
    return List.of(
        probe(ids.get(0), "http://www.onvif.org/ver10/network/wsdl", "NetworkVideoTransmitter"),
        probe(ids.get(1), "http://www.onvif.org/ver10/device/wsdl", "Device"));
  }

  private static byte[] probe(String id, String namespace, String type) {
    return ("""
        <?xml version="1.0" encoding="UTF-8"?>\
        <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" \
        xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" \
        xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"><s:Header>\
        <a:Action s:mustUnderstand="1">\
        http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</a:Action>\
        <a:MessageID>%s</a:MessageID>\
        <a:ReplyTo><a:Address>\
        http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address></a:ReplyTo>\
        <a:To s:mustUnderstand="1">urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To></s:Header>\
        <s:Body><d:Probe><d:Types xmlns:t="%s">t:%s</d:Types></d:Probe></s:Body></s:Envelope>"""
            .formatted(id, namespace, type))
        .getBytes(UTF_8);
  }

  /**
   * Returns the cameras in an answer, at most 16, each with an address at the host that the answer
   * came from.
   */
  public List<FoundDevice> matches(byte[] answer, InetAddress sender) throws MalformedXmlException {
    XmlElement root = XmlReader.read(answer);
    boolean ours =
        root.textAt("Header", "RelatesTo")
            .map(id -> ids.stream().anyMatch(id::endsWith))
            .orElse(true);
    if (!ours) {
      return List.of();
    }
    return root.at("Body", "ProbeMatches").stream()
        .flatMap(matches -> matches.children("ProbeMatch"))
        .limit(MAX_MATCHES)
        .map(match -> device(match, sender))
        .toList();
  }

  private static FoundDevice device(XmlElement match, InetAddress sender) {
    List<String> scopes = words(match, "Scopes").toList();
    URI address = address(words(match, "XAddrs").toList(), sender.getHostAddress());
    return new FoundDevice(
        match.textAt("EndpointReference", "Address").map(Soap::shown).orElse(address.toString()),
        address,
        scope(scopes, "name/").findFirst().orElse(""),
        scope(scopes, "hardware/").findFirst().orElse(""),
        String.join(", ", scope(scopes, "location/").limit(8).toList()));
  }

  private static Stream<String> words(XmlElement match, String name) {
    return match.textAt(name).stream().flatMap(text -> Arrays.stream(text.split("\\s+"))).limit(64);
  }

  /**
   * Returns the address at the sender's host, {@code http} before {@code https}; if there is none,
   * the first other HTTP address with its host replaced by the sender's; if there is none either,
   * the usual path at the sender's host.
   */
  private static URI address(List<String> given, String host) {
    URI plain = URI.create("http://" + host + DEFAULT_PATH);
    ReachedHost here = new ReachedHost(plain);
    return given.stream()
        .filter(
            one -> one.matches("(?i)https?://" + java.util.regex.Pattern.quote(host) + "[:/].*"))
        .sorted(java.util.Comparator.comparing(one -> one.startsWith("https")))
        .findFirst()
        .flatMap(one -> parsed(one))
        .or(() -> given.stream().flatMap(one -> here.service(one).stream()).findFirst())
        .orElse(plain);
  }

  private static Optional<URI> parsed(String text) {
    try {
      return Optional.of(new ReachedHost(URI.create(text)).address());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Stream<String> scope(List<String> scopes, String kind) {
    String prefix = SCOPE + kind;
    return scopes.stream()
        .filter(scope -> scope.regionMatches(true, 0, prefix, 0, prefix.length()))
        .map(scope -> decoded(scope.substring(prefix.length())))
        .map(Soap::shown);
  }

  /** Decodes a percent-encoded scope. A plus sign stands for itself and not for a space. */
  private static String decoded(String scope) {
    try {
      return URLDecoder.decode(scope.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      return scope;
    }
  }
}
