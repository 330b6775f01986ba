package io.kydai.console.config;

import static java.util.Objects.requireNonNull;

import io.kydai.console.config.tree.Secret;
import io.kydai.console.users.Role;
import io.kydai.ingest.source.CameraId;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The OpenID Connect provider by which people may log in.
 *
 * @param issuer identifies the provider; its discovery document is below this address
 * @param clientId this node's name at the provider
 * @param clientSecret this node's secret at the provider
 * @param groupsClaim the claim of the ID token that lists a person's groups
 * @param groups what the members of a group may do; a person of none of them is not let in
 */
public record OidcConfig(
    URI issuer, String clientId, Secret clientSecret, String groupsClaim, List<Group> groups) {
  /**
   * What the members of a group may do: a role on certain cameras, or on all where no cameras,
   * groups and areas are named.
   *
   * @param name of the group at the provider
   * @param groups of cameras
   * @param areas ids of areas
   * @param agency whose people the members are; null where the group says nothing of it
   */
  public record Group(
      String name,
      Role role,
      Set<CameraId> cameras,
      Set<String> groups,
      Set<String> areas,
      @Nullable String agency) {
    public Group {
      requireNonNull(name);
      requireNonNull(role);
      cameras = Set.copyOf(cameras);
      groups = Set.copyOf(groups);
      areas = Set.copyOf(areas);
    }
  }

  public OidcConfig {
    requireNonNull(issuer);
    requireNonNull(clientId);
    requireNonNull(clientSecret);
    requireNonNull(groupsClaim);
    groups = List.copyOf(groups);
  }
}
