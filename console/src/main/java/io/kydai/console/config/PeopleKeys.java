package io.kydai.console.config;

import static io.kydai.models.document.Key.key;

import io.kydai.console.config.tree.References;
import io.kydai.console.config.tree.Secret;
import io.kydai.console.users.Role;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.document.Distinct;
import io.kydai.models.document.Shape;
import io.kydai.models.document.Value;
import io.kydai.models.document.ValueType;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The keys of {@code people}. */
final class PeopleKeys {
  private static final int MAX_TEXT = 500;
  private static final int MAX_NAME = 63;
  private static final int MAX_AGENCY = 200;
  private static final int MAX_GROUPS = 200;
  private static final int MAX_ITEMS = 1_000;

  private static final ValueType<Role> ROLE =
      ValueType.oneOf(Arrays.stream(Role.values()).map(Role::wire).toList())
          .as((word, at) -> Role.of(word), Role::wire);

  private static final ValueType<CameraId> CAMERA =
      ValueType.text(MAX_NAME)
          .as((text, at) -> at.made(() -> new CameraId(text)), CameraId::value)
          .saying("a camera's id");

  private static final Distinct NAMES =
      new Distinct(
          "name",
          Optional::of,
          (name, first) -> "the group '%s' is listed above already".formatted(name));

  static final Shape<OidcConfig.Group> GROUP =
      Shape.of(
          OidcConfig.Group.class,
          key("name", ValueType.text(MAX_TEXT), "the group's name at the provider")
              .needed("a group's name"),
          key("role", ROLE, "the role that its members have").needed("a role"),
          key("cameras", set(CAMERA), "on these cameras").otherwise(Set.of()).shown("none"),
          key("groups", set(ValueType.text(MAX_NAME)), "on the cameras of these groups")
              .otherwise(Set.of())
              .shown("none"),
          key(
                  "areas",
                  set(ValueType.text(MAX_NAME)),
                  "on the cameras in these areas; without cameras, groups and areas, on all")
              .otherwise(Set.of())
              .shown("none"),
          key(
                  "agency",
                  ValueType.text(MAX_AGENCY),
                  "the agency of its members, whose reports an agency officer sees")
              .shown("none"));

  private PeopleKeys() {}

  private static <T> ValueType<Set<T>> set(ValueType<T> item) {
    return ValueType.list(item, MAX_ITEMS)
        .as((items, at) -> Optional.of(new LinkedHashSet<>(items)), List::copyOf);
  }

  static Shape<OidcConfig> oidc(References references) {
    return Shape.of(
        OidcConfig.class,
        key(
                "issuer",
                WebhookKeys.WEB
                    .as(PeopleKeys::secure, issuer -> issuer)
                    .saying("`https` address; `http` of this machine"),
                "the provider's issuer, as its discovery document writes it")
            .needed("the provider's address"),
        key("client-id", ValueType.text(MAX_TEXT), "this node's name at the provider")
            .needed("the name that the provider gave"),
        key(
                "client-secret",
                ValueType.text(MAX_TEXT).as(references::resolve, Secret::written),
                "this node's secret at the provider")
            .needed("the secret that the provider gave, such as ${NAME} or file:PATH,"),
        key(
                "groups-claim",
                ValueType.text(MAX_NAME),
                "the claim of the ID token that lists a person's groups")
            .otherwise("groups"),
        key(
                "groups",
                ValueType.list(GROUP.type(), MAX_GROUPS, NAMES),
                "what members of the provider's groups may do, [below](#groups-of-people)")
            .needed("at least one group"));
  }

  private static Optional<URI> secure(URI issuer, Value at) {
    return "https".equalsIgnoreCase(issuer.getScheme()) || local(issuer)
        ? Optional.of(issuer)
        : at.wrong("a provider is asked by https, or on this machine");
  }

  /** Returns whether an address is of this machine. */
  static boolean local(URI address) {
    String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
    return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]+){3}");
  }

  static Shape<PeopleConfig> shape(References references) {
    return Shape.of(
        PeopleConfig.class,
        key(
                "second-factor",
                set(ROLE),
                "the roles whose holders need a second factor beside the password")
            .otherwise(Set.of())
            .shown("none"),
        key(
            "oidc",
            oidc(references).type(),
            "the OpenID Connect provider by which people may log in, [below](#oidc)"));
  }
}
