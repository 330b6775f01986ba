package io.kydai.models.download;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP proxy that the environment names, as other command line tools read it: {@code
 * https_proxy} and {@code http_proxy} by the address's scheme, or else {@code all_proxy}, in lower
 * or upper case ({@code http_proxy} in lower case only, because a web server sets {@code
 * HTTP_PROXY} from a request's header); {@code no_proxy} lists hosts that are reached without one,
 * or {@code *}. A name and password may stand in the proxy's address.
 */
final class EnvironmentProxy extends ProxySelector {
  private final Map<String, String> environment;

  EnvironmentProxy(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public List<Proxy> select(URI address) {
    String host = address.getHost();
    URI proxy = host == null || direct(host) ? null : proxy(address.getScheme());
    if (proxy == null) {
      return List.of(Proxy.NO_PROXY);
    }
    int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
    return List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.getHost(), port)));
  }

  /** Returns what answers a proxy that asks for a name and password; null without any. */
  @Nullable Authenticator authenticator() {
    URI proxy = proxy("https");
    String user = proxy == null ? null : proxy.getUserInfo();
    if (user == null) {
      return null;
    }
    int colon = user.indexOf(':');
    String name = colon < 0 ? user : user.substring(0, colon);
    char[] password = colon < 0 ? new char[0] : user.substring(colon + 1).toCharArray();
    return new Authenticator() {
      @Override
      protected @Nullable PasswordAuthentication getPasswordAuthentication() {
        return getRequestorType() == RequestorType.PROXY
            ? new PasswordAuthentication(name, password)
            : null;
      }
    };
  }

  private @Nullable URI proxy(String scheme) {
    String name = scheme + "_proxy";
    String text = environment.get(name);
    if (text == null && scheme.equals("https")) {
      text = environment.get("HTTPS_PROXY");
    }
    if (text == null) {
      text = environment.getOrDefault("all_proxy", environment.getOrDefault("ALL_PROXY", ""));
      name = "all_proxy";
    }
    if (text.isBlank()) {
      return null;
    }
    try {
      URI proxy = new URI(text.contains("://") ? text.strip() : "http://" + text.strip());
      if ("http".equals(proxy.getScheme()) && proxy.getHost() != null) {
        return proxy;
      }
    } catch (URISyntaxException e) {
      throw new DownloadException(wrong(name), e);
    }
    throw new DownloadException(wrong(name));
  }

  /** The value is not part of the message, because it may hold a password. */
  private static String wrong(String variable) {
    return "the variable " + variable + " should name a proxy as http://HOST:PORT, and does not";
  }

  private boolean direct(String host) {
    String list = environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
    String wanted = host.toLowerCase(Locale.ROOT);
    for (String entry : list.toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
      String suffix = entry.startsWith(".") ? entry.substring(1) : entry;
      if (entry.equals("*")
          || !suffix.isEmpty() && (wanted.equals(suffix) || wanted.endsWith("." + suffix))) {
        return true;
      }
    }
    return false;
  }

  /** The client reports a failed connection itself. */
  @Override
  public void connectFailed(URI address, SocketAddress proxy, IOException failure) {}
}
