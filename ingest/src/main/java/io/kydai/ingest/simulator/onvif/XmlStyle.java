package io.kydai.ingest.simulator.onvif;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a maker writes the same XML. The templates have one prefix for each namespace; a style
 * changes prefixes and where they are declared, and so says the same with other bytes.
 */
public enum XmlStyle {
  /** {@code s:Envelope}, {@code tds:}, {@code trt:}, {@code tt:}: the standard's own examples. */
  STANDARD {
    @Override
    String prefix(String template) {
      return template;
    }
  },
  /** {@code SOAP-ENV:Envelope} with everything declared at the root, as gSOAP does. */
  GSOAP {
    @Override
    String prefix(String template) {
      return template.equals("s") ? "SOAP-ENV" : template;
    }
  },
  /** {@code ns0:}, {@code ns1:} and so on, as generated code does. */
  NUMBERED {
    @Override
    String prefix(String template) {
      return "ns" + NAMESPACES.keySet().stream().toList().indexOf(template);
    }
  },
  /** No prefix at all: each element declares its default namespace. */
  DEFAULT_NAMESPACE {
    @Override
    String prefix(String template) {
      return "";
    }
  },
  /**
   * The standard's prefixes, of which none is declared: not XML with namespaces, but it is sent.
   */
  UNDECLARED {
    @Override
    String prefix(String template) {
      return template;
    }
  };

  static final Map<String, String> NAMESPACES = namespaces();
  private static final Pattern TAG = Pattern.compile("<(/?)([a-z0-9]+):([A-Za-z0-9]+)");

  abstract String prefix(String template);

  private static Map<String, String> namespaces() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("s", "http://www.w3.org/2003/05/soap-envelope");
    all.put("tds", "http://www.onvif.org/ver10/device/wsdl");
    all.put("trt", "http://www.onvif.org/ver10/media/wsdl");
    all.put("tr2", "http://www.onvif.org/ver20/media/wsdl");
    all.put("tev", "http://www.onvif.org/ver10/events/wsdl");
    all.put("tptz", "http://www.onvif.org/ver20/ptz/wsdl");
    all.put("tt", "http://www.onvif.org/ver10/schema");
    all.put("ter", "http://www.onvif.org/ver10/error");
    all.put("tns1", "http://www.onvif.org/ver10/topics");
    all.put("wsnt", "http://docs.oasis-open.org/wsn/b-2");
    all.put("wsa", "http://www.w3.org/2005/08/addressing");
    all.put("a", "http://schemas.xmlsoap.org/ws/2004/08/addressing");
    all.put("d", "http://schemas.xmlsoap.org/ws/2005/04/discovery");
    all.put("dn", "http://www.onvif.org/ver10/network/wsdl");
    return all;
  }

  /** An envelope in this style around a header and a body in the templates' prefixes. */
  String envelope(String header, String body) {
    String template =
        "<s:Envelope><s:Header>" + header + "</s:Header><s:Body>" + body + "</s:Body></s:Envelope>";
    Matcher tag = TAG.matcher(template);
    StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    boolean root = true;
    while (tag.find()) {
      // A maker's own prefix is declared where it stands.
      boolean known = NAMESPACES.containsKey(tag.group(2));
      String prefix = known ? prefix(tag.group(2)) : tag.group(2);
      boolean closing = !tag.group(1).isEmpty();
      StringBuilder start = new StringBuilder("<").append(tag.group(1));
      start.append(prefix).append(prefix.isEmpty() ? "" : ":").append(tag.group(3));
      if (!closing && prefix.isEmpty()) {
        start.append(" xmlns=\"").append(NAMESPACES.get(tag.group(2))).append('"');
      }
      if (root && this != UNDECLARED) {
        declareAll(start);
      }
      root = false;
      tag.appendReplacement(out, Matcher.quoteReplacement(start.toString()));
    }
    return tag.appendTail(out).toString();
  }

  /** Without a prefix on elements, those in values (topics, codes) still need theirs. */
  private void declareAll(StringBuilder start) {
    NAMESPACES.forEach(
        (template, namespace) -> {
          String prefix = prefix(template);
          start.append(" xmlns:").append(prefix.isEmpty() ? template : prefix);
          start.append("=\"").append(namespace).append('"');
        });
  }

  /** A name in a value, such as {@code tns1:VideoSource/MotionAlarm}. */
  String inValue(String prefix, String name) {
    String own = prefix(prefix);
    return (own.isEmpty() ? prefix : own) + ":" + name;
  }
}
