package io.kydai.console.users.factor;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The site that passkeys belong to (WebAuthn Level 3, section 4, "Relying Party").
 *
 * @param id the domain, such as {@code kydai.example}
 * @param origin of the pages that may use a passkey, such as {@code https://kydai.example:8443}
 */
public record RelyingParty(String id, String origin) {
  /** The name that a browser and an authenticator app show. */
  public static final String NAME = "Kydai";

  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*|\\[.*");
  private static final Pattern LOCALHOST = Pattern.compile("localhost(:[0-9]{1,5})?");

  /**
   * Returns the site: that of the public address where there is one. Without one only {@code
   * localhost} is a site, because any other name in a request is what its sender made it. Empty
   * where the site has no name, since WebAuthn knows no passkeys of an IP address.
   *
   * @param publicUrl the console's configured address; null where there is none
   * @param host the request's {@code Host} header
   * @param tls whether the request came by TLS
   */
  public static Optional<RelyingParty> of(@Nullable URI publicUrl, String host, boolean tls) {
    if (publicUrl != null) {
      return Optional.ofNullable(publicUrl.getHost())
          .map(name -> name.toLowerCase(Locale.ROOT))
          .filter(name -> !ADDRESS.matcher(name).matches())
          .map(name -> new RelyingParty(name, origin(publicUrl, name)));
    }
    String local = host.toLowerCase(Locale.ROOT);
    return LOCALHOST.matcher(local).matches()
        ? Optional.of(new RelyingParty("localhost", (tls ? "https://" : "http://") + local))
        : Optional.empty();
  }

  private static String origin(URI url, String name) {
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? 443 : 80;
    String port = url.getPort() < 0 || url.getPort() == usual ? "" : ":" + url.getPort();
    return scheme + "://" + name + port;
  }
}
