package io.kydai.ingest.onvif.soap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An XML element of a camera's message. Elements are found by their local names only, because
 * makers choose any prefix, and some bind it to a wrong namespace or to none.
 *
 * @param name the name without prefix
 * @param namespace the namespace; empty when the prefix is not bound
 * @param attributes the attributes' values by their names without prefix; without namespace
 *     declarations
 * @param children the child elements in document order
 * @param text the element's own text without surrounding white space
 */
public record XmlElement(
    String name,
    String namespace,
    Map<String, String> attributes,
    List<XmlElement> children,
    String text) {

  public XmlElement {
    attributes = Map.copyOf(attributes);
    children = List.copyOf(children);
  }

  /** Returns the children with that name. */
  public Stream<XmlElement> children(String wanted) {
    return children.stream().filter(child -> child.name.equals(wanted));
  }

  /**
   * Returns the element at a path of child names, taking the first child of each name; empty when
   * there is none.
   */
  public Optional<XmlElement> at(String... path) {
    Optional<XmlElement> here = Optional.of(this);
    for (String step : path) {
      here = here.flatMap(element -> element.children(step).findFirst());
    }
    return here;
  }

  /** Returns the text of the element at a path; empty when there is no element or no text. */
  public Optional<String> textAt(String... path) {
    return at(path).map(XmlElement::text).filter(found -> !found.isEmpty());
  }

  /** Returns the first descendant with that name, in document order; empty when there is none. */
  public Optional<XmlElement> find(String wanted) {
    for (XmlElement child : children) {
      Optional<XmlElement> found =
          child.name.equals(wanted) ? Optional.of(child) : child.find(wanted);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Returns an attribute's value; empty when it is missing or blank. */
  public Optional<String> attribute(String wanted) {
    return Optional.ofNullable(attributes.get(wanted)).filter(value -> !value.isBlank());
  }

  /** Returns the element as XML, to send back to the camera a part of its own message. */
  public String markup() {
    StringBuilder out = new StringBuilder("<").append(name);
    out.append(" xmlns=\"").append(Soap.escaped(namespace)).append('"');
    attributes.forEach(
        (key, value) ->
            out.append(' ').append(key).append("=\"").append(Soap.escaped(value)).append('"'));
    out.append('>').append(Soap.escaped(text));
    children.forEach(child -> out.append(child.markup()));
    return out.append("</").append(name).append('>').toString();
  }
}
