package io.kydai.console.http.origin;

import io.kydai.console.config.AddressRange;
import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds from where a request came. What {@code Forwarded} (RFC 7239) or, where that is absent,
 * {@code X-Forwarded-For}, {@code -Proto} and {@code -Host} report is believed only from listed
 * proxies: the headers are read from the right, and the first address that is not a listed proxy's
 * is the client. What stands further left was written by the client itself, and does not count.
 */
public final class ProxyHeaders {
  private static final int MAX_HOPS = 32;

  /** One entry of the headers; each part is null where the header does not have it. */
  private record Hop(@Nullable String client, @Nullable String proto, @Nullable String host) {}

  private final List<AddressRange> proxies;

  /**
   * @param proxies the addresses of the listed proxies
   */
  public ProxyHeaders(List<AddressRange> proxies) {
    this.proxies = List.copyOf(proxies);
  }

  /** Returns whether an address is a listed proxy's. */
  public boolean isProxy(InetAddress address) {
    return proxies.stream().anyMatch(range -> range.contains(address));
  }

  /** Returns whether no proxy is listed. */
  public boolean isEmpty() {
    return proxies.isEmpty();
  }

  /**
   * Returns from where a request came. Its id is chosen at the first call, and is in the answer's
   * header from then on.
   */
  public ClientOrigin origin(HttpServerRequest request) {
    InetAddress peer = peer(request);
    boolean proxied = isProxy(peer);
    String id = request.response().headers().get(RequestId.HEADER);
    if (id == null) {
      id = RequestId.of(proxied ? request.getHeader(RequestId.HEADER) : null);
      request.response().putHeader(RequestId.HEADER, id);
    }
    boolean secure = request.isSSL();
    if (!proxied) {
      return new ClientOrigin(peer.getHostAddress(), secure, null, false, id);
    }
    return reported(peer, secure, request.headers(), id);
  }

  public static InetAddress peer(HttpServerRequest request) {
    return ((InetSocketAddress) ((ConnectionBase) request.connection()).channel().remoteAddress())
        .getAddress();
  }

  /** Returns what the headers of a listed proxy report. */
  ClientOrigin reported(InetAddress peer, boolean secure, MultiMap headers, String id) {
    List<Hop> hops = hops(headers);
    InetAddress client = peer;
    boolean tls = secure;
    String host = null;
    for (int i = hops.size() - 1; i >= 0 && i >= hops.size() - MAX_HOPS; i--) {
      Hop hop = hops.get(i);
      if (hop.proto != null) {
        tls = hop.proto.equalsIgnoreCase("https");
      }
      if (hop.host != null) {
        host = hop.host.toLowerCase(Locale.ROOT);
      }
      Optional<InetAddress> next = address(hop.client);
      if (next.isEmpty()) {
        break;
      }
      client = next.get();
      if (!isProxy(client)) {
        break;
      }
    }
    return new ClientOrigin(client.getHostAddress(), tls, host, true, id);
  }

  /** Parses {@code 192.0.2.1}, {@code 192.0.2.1:80}, {@code 2001:db8::1} or {@code [2001:…]:80}. */
  private static Optional<InetAddress> address(@Nullable String node) {
    if (node == null) {
      return Optional.empty();
    }
    String text = node;
    int bracket = text.indexOf(']');
    if (text.startsWith("[") && bracket > 0) {
      text = text.substring(1, bracket);
    } else if (text.indexOf(':') == text.lastIndexOf(':') && text.indexOf(':') > 0) {
      text = text.substring(0, text.indexOf(':'));
    }
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
    try {
      return bytes == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static List<Hop> hops(MultiMap headers) {
    List<String> forwarded = headers.getAll("Forwarded");
    if (!forwarded.isEmpty()) {
      return forwarded(String.join(",", forwarded));
    }
    List<String> clients = list(headers, "X-Forwarded-For");
    List<String> protos = list(headers, "X-Forwarded-Proto");
    List<String> hosts = list(headers, "X-Forwarded-Host");
    int size = Math.max(1, clients.size());
    List<Hop> hops = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      hops.add(
          new Hop(
              clients.isEmpty() ? null : clients.get(i),
              part(protos, i, size),
              part(hosts, i, size)));
    }
    return hops;
  }

  private static List<String> list(MultiMap headers, String header) {
    List<String> parts = new ArrayList<>();
    for (String line : headers.getAll(header)) {
      for (String part : line.split(",")) {
        if (!part.isBlank()) {
          parts.add(part.strip());
        }
      }
    }
    return parts;
  }

  /** A list that is shorter than that of the clients was written by the last proxies only. */
  private static @Nullable String part(List<String> parts, int i, int size) {
    int at = i - (size - parts.size());
    return at >= 0 && at < parts.size() ? parts.get(at) : null;
  }

  /** Parses {@code Forwarded} (RFC 7239, section 4); returns nothing where it is malformed. */
  private static List<Hop> forwarded(String text) {
    List<Hop> hops = new ArrayList<>();
    String[] parts = new String[3];
    int at = 0;
    while (at <= text.length()) {
      int equals = text.indexOf('=', at);
      int end = end(text, at);
      if (equals < 0 || equals > end) {
        if (!text.substring(at, end).isBlank()) {
          return List.of();
        }
      } else {
        String value = unquoted(text.substring(equals + 1, end).strip());
        switch (text.substring(at, equals).strip().toLowerCase(Locale.ROOT)) {
          case "for" -> parts[0] = value;
          case "proto" -> parts[1] = value;
          case "host" -> parts[2] = value;
          default -> {
            // "by" and extensions tell nothing of the client.
          }
        }
      }
      if (end == text.length() || text.charAt(end) == ',') {
        hops.add(new Hop(parts[0], parts[1], parts[2]));
        parts = new String[3];
      }
      at = end + 1;
    }
    return hops;
  }

  /** The place of the next separator outside quotes, or the text's end. */
  private static int end(String text, int from) {
    boolean quoted = false;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (quoted && c == '\\') {
        i++;
      } else if (!quoted && (c == ';' || c == ',')) {
        return i;
      }
    }
    return text.length();
  }

  private static String unquoted(String value) {
    return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1")
        : value;
  }
}
