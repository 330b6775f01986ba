package io.kydai.console.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.users.Role;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.document.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeopleConfigTest {
  @TempDir Path folder;

  private PeopleConfig read(String yaml) throws Exception {
    return ConfigFile.read(Files.writeString(folder.resolve("kydai.yaml"), yaml)).people();
  }

  @Test
  void passwords_alone_are_enough_where_nothing_is_said() throws Exception {
    assertThat(read("cameras: []")).isEqualTo(PeopleConfig.DEFAULT);
  }

  @Test
  void roles_and_a_provider_with_its_groups_are_read() throws Exception {
    Files.writeString(folder.resolve("secret"), "s3cret\n");
    PeopleConfig people =
        read(
            """
            people:
              second-factor: [administrator, auditor]
              oidc:
                issuer: https://idp.example/realms/city
                client-id: kydai
                client-secret: file:secret
                groups-claim: roles
                groups:
                - {name: /control room, role: operator}
                - {name: east, role: reviewer, cameras: [gate], groups: [d1], areas: [harbour], agency: Harbour Office}
            """);

    assertThat(people.secondFactor()).containsExactlyInAnyOrder(Role.ADMINISTRATOR, Role.AUDITOR);
    OidcConfig oidc = people.oidc();
    assertThat(oidc).isNotNull();
    assertThat(oidc.issuer()).hasToString("https://idp.example/realms/city");
    assertThat(oidc.clientSecret().value()).isEqualTo("s3cret");
    assertThat(oidc.groupsClaim()).isEqualTo("roles");
    assertThat(oidc.groups()).extracting(OidcConfig.Group::name).contains("/control room", "east");
    assertThat(oidc.groups().get(1).cameras()).containsExactly(new CameraId("gate"));
    assertThat(oidc.groups().get(1).areas()).containsExactly("harbour");
    assertThat(oidc.groups()).extracting(OidcConfig.Group::agency).contains(null, "Harbour Office");
    assertThat(oidc.toString()).doesNotContain("s3cret");
  }

  private static String provider(String issuer) {
    return """
        people:
          oidc:
            issuer: %s
            client-id: kydai
            client-secret: s3cret
            groups: [{name: wall, role: operator}]
        """
        .formatted(issuer);
  }

  @Test
  void a_provider_is_asked_by_https_or_on_this_machine() throws Exception {
    for (String local : new String[] {"localhost:8080", "127.0.0.1:8080", "'[::1]:8080'"}) {
      String issuer = local.startsWith("'") ? "'http://[::1]:8080'" : "http://" + local;
      assertThat(read(provider(issuer)).oidc()).as(local).isNotNull();
    }
    for (String issuer :
        new String[] {"http://idp.example", "http://127.0.0.1.evil.example", "ftp://localhost"}) {
      assertThatThrownBy(() -> read(provider(issuer)))
          .as(issuer)
          .isInstanceOf(ConfigException.class);
    }
  }

  @Test
  void unknown_roles_and_repeated_groups_are_mistakes() {
    assertThatThrownBy(() -> read("people: {second-factor: [admin]}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("administrator");
    assertThatThrownBy(
            () ->
                read(
                    provider("https://idp.example")
                        .replace(
                            "role: operator}", "role: operator}, {name: wall, role: auditor}")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'wall' is listed above");
  }
}
