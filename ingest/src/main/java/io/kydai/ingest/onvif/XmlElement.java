package io.kydai.ingest.onvif;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An element of a camera's answer. It is looked up by its local name alone: makers choose any
 * prefix, and some bind it to a wrong namespace or to none.
 *
 * @param name without its prefix
 * @param namespace empty where it is not bound
 * @param attributes by their names without prefix; declarations of namespaces are not among them
 * @param text what stands in it beside its children, stripped
 */
record XmlElement(
    String name,
    String namespace,
    Map<String, String> attributes,
    List<XmlElement> children,
    String text) {

  XmlElement {
    attributes = Map.copyOf(attributes);
    children = List.copyOf(children);
  }

  Stream<XmlElement> children(String wanted) {
    return children.stream().filter(child -> child.name.equals(wanted));
  }

  /** Down a path of children, the first of each name. */
  Optional<XmlElement> at(String... path) {
    Optional<XmlElement> here = Optional.of(this);
    for (String step : path) {
      here = here.flatMap(element -> element.children(step).findFirst());
    }
    return here;
  }

  /** The text at a path; empty where there is none. */
  Optional<String> textAt(String... path) {
    return at(path).map(XmlElement::text).filter(found -> !found.isEmpty());
  }

  /** The first of that name in the whole tree below, in document order. */
  Optional<XmlElement> find(String wanted) {
    for (XmlElement child : children) {
      Optional<XmlElement> found =
          child.name.equals(wanted) ? Optional.of(child) : child.find(wanted);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  Optional<String> attribute(String wanted) {
    return Optional.ofNullable(attributes.get(wanted)).filter(value -> !value.isBlank());
  }

  /** The element as XML, for sending back to the camera what it gave us. */
  String markup() {
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
