package io.kydai.ingest.onvif.soap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/** Writes and reads SOAP 1.2 envelopes. */
public final class Soap {
  static final String NAMESPACE = "http://www.w3.org/2003/05/soap-envelope";
  private static final int SHOWN = 160;

  private Soap() {}

  /**
   * Returns an envelope.
   *
   * @param header elements as XML, with their own namespace declarations; may be empty
   * @param body one element as XML, with its own namespace declaration
   */
  static byte[] envelope(String header, String body) {
    return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope xmlns:s=\""
            + NAMESPACE
            + "\">"
            + (header.isEmpty() ? "" : "<s:Header>" + header + "</s:Header>")
            + "<s:Body>"
            + body
            + "</s:Body></s:Envelope>")
        .getBytes(UTF_8);
  }

  /** Returns the element in an envelope's body: a response or a {@code Fault}. */
  static XmlElement content(byte[] envelope) throws MalformedXmlException {
    XmlElement root = XmlReader.read(envelope);
    if (!root.name().equals("Envelope")) {
      throw new MalformedXmlException("answers with XML that is not SOAP");
    }
    return root.at("Body")
        .flatMap(body -> body.children().stream().findFirst())
        .orElseThrow(() -> new MalformedXmlException("answers with SOAP without a body"));
  }

  /**
   * Returns whether a fault of SOAP 1.2 or 1.1 is about authentication (ONVIF Core, section 5.8).
   */
  static boolean isAuthenticationFault(XmlElement fault) {
    String codes =
        fault.at("Code").map(Soap::codes).orElse("")
            + fault.textAt("faultcode").orElse("")
            + reason(fault);
    String flat = codes.toLowerCase(java.util.Locale.ROOT).replace(" ", "");
    return flat.contains("notauthorized")
        || flat.contains("failedauthentication")
        || flat.contains("unauthorized");
  }

  private static String codes(XmlElement code) {
    return code.textAt("Value").orElse("") + ' ' + code.at("Subcode").map(Soap::codes).orElse("");
  }

  /** Returns a fault's reason and subcodes, bounded and printable. */
  static String reason(XmlElement fault) {
    String subcode =
        fault.at("Code").map(Soap::codes).map(String::strip).orElse("").replaceAll("\\s+", " ");
    Optional<String> text = fault.textAt("Reason", "Text").or(() -> fault.textAt("faultstring"));
    return shown(text.map(words -> words + " (" + subcode + ")").orElse(subcode));
  }

  /** Returns a camera's text bounded and printable, for display and messages. */
  public static String shown(String text) {
    String cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    return cut.replaceAll("[\\p{Cntrl}]+", " ").replaceAll("[^\\p{Print}\\p{L}…]", "?");
  }

  /** Returns a text escaped for XML. Characters that XML does not allow are removed. */
  public static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                default -> {
                  if (c >= ' ' && c < 0xD800 || c > 0xDFFF && c < 0xFFFE || c > 0xFFFF) {
                    out.appendCodePoint(c);
                  }
                }
              }
            });
    return out.toString();
  }
}
