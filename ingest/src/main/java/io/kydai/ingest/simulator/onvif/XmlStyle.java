package io.kydai.ingest.simulator.onvif;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A style of writing the same XML, as makers differ. The templates have one prefix for each
 * namespace; a style changes the prefixes and the places of their declarations, but not the
 * meaning.
 */
public enum XmlStyle {
  /**
   * The prefixes of the standard's examples: {@code s:Envelope}, {@code tds:}, {@code trt:}, {@code
   * tt:}.
   */
  STANDARD {
    @Override
    String prefix(String template) {
      return template;
    }
  },
  /** {@code SOAP-ENV:Envelope} with all namespaces declared at the root, as gSOAP writes. */
  GSOAP {
    @Override
    String prefix(String template) {
      return template.equals("s") ? "SOAP-ENV" : template;
    }
  },
  /** {@code ns0:}, {@code ns1:} and so on, as generated code writes. */
  NUMBERED {
    @Override
    String prefix(String template) {
      return "ns" + NAMESPACES.keySet().stream().toList().indexOf(template);
    }
  },
  /** No prefixes: each element declares its default namespace. */
  DEFAULT_NAMESPACE {
    @Override
    String prefix(String template) {
      return "";
    }
  },
  /** The standard's prefixes without declarations, which is malformed but sent by some devices. */
  UNDECLARED {
    @Override
    String prefix(String template) {
      return template;
    }
  };

  static final Map<String, String> NAMESPACES = namespaces();
  private static final Pattern TAG = Pattern.compile("<(/?)([a-z0-9]+):([A-Za-z0-9]+)");

  /** Returns the prefix for a template's prefix; empty for none. */
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

  /** Returns an envelope in this style with a header and a body in the templates' prefixes. */
  String envelope(String header, String body) {
    String template =
        "<s:Envelope><s:Header>" + header + "</s:Header><s:Body>" + body + "</s:Body></s:Envelope>";
    Matcher tag = TAG.matcher(template);
    StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    boolean root = true;
    while (tag.find()) {
      // A prefix that no template has is declared in its own element.
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

  /**
   * Declares all namespaces. Topics and codes in values need the prefixes even when elements have
   * none.
   */
  private void declareAll(StringBuilder start) {
    NAMESPACES.forEach(
        (template, namespace) -> {
          String prefix = prefix(template);
          start.append(" xmlns:").append(prefix.isEmpty() ? template : prefix);
          start.append("=\"").append(namespace).append('"');
        });
  }

  /** Returns a name within a value, such as {@code tns1:VideoSource/MotionAlarm}. */
  String inValue(String prefix, String name) {
    String own = prefix(prefix);
    return (own.isEmpty() ? prefix : own) + ":" + name;
  }
}
