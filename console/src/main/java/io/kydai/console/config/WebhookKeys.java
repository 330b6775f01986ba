package io.kydai.console.config;

import static io.kydai.models.document.Key.key;

import io.kydai.analytics.rules.RuleTypes;
import io.kydai.console.config.tree.References;
import io.kydai.console.config.tree.Secret;
import io.kydai.console.reports.ReportState;
import io.kydai.ingest.source.HostAndPort;
import io.kydai.models.document.Nearest;
import io.kydai.models.document.Shape;
import io.kydai.models.document.Value;
import io.kydai.models.document.ValueType;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The keys of an endpoint that receives events of reports. */
final class WebhookKeys {
  private static final int MAX_TYPES = 100;
  private static final int MAX_TEXT = 2_000;
  private static final int LEAST_SECRET = 16;

  /** The type of an {@code http} or {@code https} address without user information. */
  static final ValueType<URI> WEB = ValueType.text(MAX_TEXT).as(WebhookKeys::web, URI::toString);

  private static final ValueType<SortedSet<String>> TYPES =
      ValueType.list(
              ValueType.text(MAX_TEXT).as(WebhookKeys::known, type -> type).with("enum", words()),
              MAX_TYPES)
          .as((types, at) -> Optional.of(new TreeSet<>(types)), List::copyOf);

  private WebhookKeys() {}

  static Shape<WebhookConfig> shape(References references) {
    return Shape.of(
        WebhookConfig.class,
        key(
                "url",
                ValueType.text(MAX_TEXT)
                    .as(references::resolve, Secret::written)
                    .as((text, at) -> reachable(text.value(), at), url -> Secret.of(url.toString()))
                    .saying("`http` or `https` address"),
                "unique; without user and password; the host has no underscore")
            .needed("an address such as https://host/path"),
        key(
                "secret",
                ValueType.text(MAX_TEXT)
                    .as(references::resolve, Secret::written)
                    .as(WebhookKeys::signs, secret -> secret)
                    .saying(
                        "`whsec_` and the base64 of 24 to 64 bytes, or at least "
                            + LEAST_SECRET
                            + " characters as they are"),
                "the key that signs events")
            .needed("a secret to sign with, such as ${NAME} or file:PATH,"),
        key(
                "types",
                TYPES,
                "alerts' types (`crowding`) and events (`report.received`, `report.verified`, …,"
                    + " `report.plate-read`); what matches any of them is sent")
            .otherwise(new TreeSet<>())
            .shown("all"));
  }

  /** Adds a problem for each endpoint whose address, after references are resolved, repeats. */
  static Optional<List<WebhookConfig>> distinct(List<WebhookConfig> webhooks, Value at) {
    List<Value> items = at.items(Integer.MAX_VALUE);
    for (int i = 1; i < webhooks.size() && webhooks.size() == items.size(); i++) {
      URI url = webhooks.get(i).url();
      if (webhooks.subList(0, i).stream().anyMatch(other -> other.url().equals(url))) {
        items.get(i).wrong("an earlier endpoint has the same url; put the types of both into one");
      }
    }
    return Optional.of(webhooks);
  }

  private static Optional<URI> web(String text, Value at) {
    String wanted = "an address such as https://host/path, without user and password, is expected";
    try {
      URI url = new URI(text);
      boolean right =
          ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
              && HostAndPort.of(url)
                  .filter(host -> host.port() != 0 && host.port() <= 65_535)
                  .isPresent()
              && url.getRawAuthority().indexOf('@') < 0
              && url.getRawFragment() == null;
      return right ? Optional.of(url) : at.wrong(wanted);
    } catch (URISyntaxException e) {
      return at.wrong(wanted);
    }
  }

  /**
   * Returns an address to which events can be sent. {@link java.net.http.HttpRequest} refuses a
   * host that is not a name by RFC 1123, such as one with an underscore.
   */
  private static Optional<URI> reachable(String text, Value at) {
    return web(text, at)
        .flatMap(
            url ->
                url.getHost() != null
                    ? Optional.of(url)
                    : at.wrong(
                        "events cannot be sent to the host of '"
                            + url.getRawAuthority()
                            + "': a name of letters, digits and hyphens (RFC 1123; an"
                            + " international one in Punycode) or an IP address is expected"));
  }

  private static Optional<Secret> signs(Secret secret, Value at) {
    String value = secret.value();
    if (!value.startsWith(WebhookConfig.SECRET_PREFIX)) {
      return value.length() >= LEAST_SECRET
          ? Optional.of(secret)
          : at.wrong("a secret of at least 16 characters, or 'whsec_' and base64, is expected");
    }
    String wanted = "base64 of 24 to 64 bytes is expected after 'whsec_'";
    try {
      int length =
          Base64.getDecoder().decode(value.substring(WebhookConfig.SECRET_PREFIX.length())).length;
      return length >= 24 && length <= 64 ? Optional.of(secret) : at.wrong(wanted);
    } catch (IllegalArgumentException e) {
      return at.wrong(wanted);
    }
  }

  private static Optional<String> known(String type, Value at) {
    List<String> words = words();
    return words.contains(type)
        ? Optional.of(type)
        : at.wrong("there is no such type; " + Nearest.hint(type, words));
  }

  private static List<String> words() {
    List<String> words =
        new ArrayList<>(
            Arrays.stream(ReportState.values())
                .filter(state -> state != ReportState.MAINTENANCE) // received, as any other
                .map(state -> "report." + state.text())
                .toList());
    words.add(WebhookConfig.PLATE_READ);
    words.addAll(RuleTypes.all().keySet());
    return words;
  }
}
