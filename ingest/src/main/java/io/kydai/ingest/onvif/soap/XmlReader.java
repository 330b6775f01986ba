package io.kydai.ingest.onvif.soap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Parses XML from an untrusted sender. Document type declarations are rejected, so the only
 * entities are XML's own five, and nothing external is loaded. Text before the first {@code <} and
 * after the root element is ignored, because some cameras pad their messages.
 *
 * <table>
 * <caption>Limits; a document that exceeds one of them is rejected</caption>
 * <tr><th>what</th><th>limit</th></tr>
 * <tr><td>bytes</td><td>512 KiB</td></tr>
 * <tr><td>depth</td><td>48</td></tr>
 * <tr><td>elements</td><td>20,000</td></tr>
 * <tr><td>attributes of an element</td><td>32</td></tr>
 * <tr><td>characters of an attribute, or of an element's text</td><td>32,768</td></tr>
 * <tr><td>document type declarations, other entities</td><td>none</td></tr>
 * </table>
 */
public final class XmlReader {
  static final int MAX_BYTES = 512 * 1024;
  private static final int MAX_DEPTH = 48;
  private static final int MAX_ELEMENTS = 20_000;
  private static final int MAX_ATTRIBUTES = 32;
  private static final int MAX_TEXT = 32_768;

  /** An element whose end tag has not been read yet. */
  private record OpenElement(
      String name,
      String namespace,
      Map<String, String> attributes,
      Map<String, String> scope,
      List<XmlElement> children,
      StringBuilder text) {
    XmlElement close() {
      return new XmlElement(name, namespace, attributes, children, text.toString().strip());
    }
  }

  private final Deque<OpenElement> open = new ArrayDeque<>();
  private int elements;

  private XmlReader() {}

  /** Returns the root element. */
  public static XmlElement read(byte[] bytes) throws MalformedXmlException {
    if (bytes.length > MAX_BYTES) {
      throw new MalformedXmlException("sends more than 512 KiB");
    }
    String text = text(bytes);
    int start = Math.max(0, text.indexOf('<'));
    try {
      XMLStreamReader stream =
          factory().createXMLStreamReader(new StringReader(text.substring(start)));
      return new XmlReader().read(stream);
    } catch (XMLStreamException | RuntimeException e) {
      // The JDK's parser throws unchecked exceptions for some malformed declarations.
      throw new MalformedXmlException("sends XML that is not well-formed");
    }
  }

  /**
   * Decodes the bytes: UTF-16 when there is its byte order mark, otherwise UTF-8, otherwise
   * Latin-1, in which all bytes are valid. The parser is given text and not bytes, because the
   * JDK's parser prints encoding errors to the standard error stream.
   */
  private static String text(byte[] bytes) {
    boolean marked = bytes.length > 1 && (bytes[0] & 0xFE) == 0xFE && (bytes[1] & 0xFE) == 0xFE;
    try {
      return (marked ? UTF_16 : UTF_8).newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, ISO_8859_1);
    }
  }

  /**
   * Returns a parser factory that leaves prefixes to this class, because the JDK's parser rejects
   * undeclared ones.
   */
  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("external entities are not loaded");
        });
    return factory;
  }

  private XmlElement read(XMLStreamReader stream) throws XMLStreamException, MalformedXmlException {
    while (stream.hasNext()) {
      switch (stream.next()) {
        case XMLStreamConstants.DTD ->
            throw new MalformedXmlException("sends XML with a DOCTYPE, which is not allowed");
        case XMLStreamConstants.ENTITY_REFERENCE ->
            throw new MalformedXmlException("sends XML with an unknown entity");
        case XMLStreamConstants.START_ELEMENT -> start(stream);
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text(stream.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          XmlElement done = open.pop().close();
          if (open.isEmpty()) {
            return done;
          }
          open.peek().children.add(done);
        }
        default -> {
          // Comments and processing instructions are ignored.
        }
      }
    }
    throw new MalformedXmlException("sends XML that is incomplete");
  }

  private void start(XMLStreamReader stream) throws MalformedXmlException {
    if (++elements > MAX_ELEMENTS || open.size() >= MAX_DEPTH) {
      throw new MalformedXmlException("sends XML with too many elements, or nested too deeply");
    }
    if (stream.getAttributeCount() > MAX_ATTRIBUTES) {
      throw new MalformedXmlException("sends XML with too many attributes");
    }
    Map<String, String> outer = open.isEmpty() ? Map.of() : open.peek().scope;
    Map<String, String> scope = outer;
    Map<String, String> attributes = new HashMap<>();
    for (int i = 0; i < stream.getAttributeCount(); i++) {
      String name = stream.getAttributeLocalName(i);
      String value = bounded(stream.getAttributeValue(i));
      boolean prefixed = "xmlns".equals(stream.getAttributePrefix(i));
      if (prefixed || name.equals("xmlns")) {
        if (scope == outer) {
          scope = new HashMap<>(outer);
        }
        scope.put(prefixed ? name : "", value);
      } else {
        attributes.putIfAbsent(local(name), value);
      }
    }
    String name = stream.getLocalName();
    int colon = name.indexOf(':');
    String namespace = scope.getOrDefault(colon < 0 ? "" : name.substring(0, colon), "");
    open.push(
        new OpenElement(
            local(name), namespace, attributes, scope, new ArrayList<>(), new StringBuilder()));
  }

  private void text(String more) throws MalformedXmlException {
    if (!open.isEmpty()) {
      StringBuilder text = open.peek().text;
      if (text.length() + more.length() > MAX_TEXT) {
        throw tooLong();
      }
      text.append(more);
    }
  }

  private static String bounded(String value) throws MalformedXmlException {
    if (value.length() > MAX_TEXT) {
      throw tooLong();
    }
    return value;
  }

  private static MalformedXmlException tooLong() {
    return new MalformedXmlException("sends XML with a text that is too long");
  }

  private static String local(String name) {
    return name.substring(name.indexOf(':') + 1);
  }
}
