package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.users.Permission;
import io.kydai.console.users.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/permissions.md} are those of the code and the contract. */
class PermissionsDocumentTest {
  private static final Path PAGE = Path.of("../docs/permissions.md");
  private static final boolean WRITE = Boolean.getBoolean("kydai.write-docs");

  @Test
  void theTablesAreWhatTheCodeGrants() throws IOException {
    String page = Files.readString(PAGE);
    String declared = with(with(page, "roles", roles()), "operations", operations());
    if (WRITE) {
      Files.writeString(PAGE, declared);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(declared);
  }

  private static String with(String page, String name, String table) {
    Matcher found =
        Pattern.compile("<!-- %1$s -->\n.*?<!-- end of %1$s -->".formatted(name), Pattern.DOTALL)
            .matcher(page);
    assertThat(found.find()).as(name).isTrue();
    return found.replaceFirst(
        Matcher.quoteReplacement("<!-- %1$s -->\n%2$s<!-- end of %1$s -->".formatted(name, table)));
  }

  private static String roles() {
    StringBuilder table = new StringBuilder("| permission | allows to | on |");
    StringBuilder line = new StringBuilder("|---|---|---|");
    for (Role role : Role.values()) {
      table.append(' ').append(role.wire()).append(" |");
      line.append(":-:|");
    }
    table.append('\n').append(line).append('\n');
    for (Permission permission : Permission.values()) {
      table
          .append("| `")
          .append(permission.wire())
          .append("` | ")
          .append(permission.meaning())
          .append(permission.onCameras() ? " | cameras |" : " | the node |");
      for (Role role : Role.values()) {
        table.append(role.permissions().contains(permission) ? " yes |" : " |");
      }
      table.append('\n');
    }
    return table.toString();
  }

  private static String operations() {
    Map<String, String> rows = new TreeMap<>();
    new Contract()
        .document()
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(entry -> row(path.getKey(), entry.getKey(), entry.getValue(), rows)));
    return Stream.concat(
            Stream.of("| operation | permission |", "|---|---|"), rows.values().stream())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static void row(String path, String method, JsonNode operation, Map<String, String> to) {
    if (operation.has("operationId")) {
      to.put(
          path + " " + method,
          "| `%s %s` | `%s` |"
              .formatted(
                  method.toUpperCase(Locale.ROOT), path, operation.path("x-permission").asText()));
    }
  }
}
