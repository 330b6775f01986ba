package io.kydai.console.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.store.Database;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Tag("sqlite")
class BackupCommandTest {
  @TempDir Path folder;
  private final StringWriter said = new StringWriter();

  private int run(Callable<Integer> command, String... arguments) {
    PrintWriter out = new PrintWriter(said, true);
    return new CommandLine(command).setOut(out).setErr(out).execute(arguments);
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private JsonNode json(Callable<Integer> command, String... arguments) throws Exception {
    said.getBuffer().setLength(0);
    assertThat(run(command, arguments)).as(said::toString).isZero();
    return new ObjectMapper().readTree(said.toString());
  }

  @Test
  void eachCommandPrintsOneJsonObjectWhereItIsAskedTo() throws Exception {
    String key = Files.writeString(folder.resolve("key"), "a long passphrase\n").toString();
    Database.open(folder.resolve("data/kydai.db")).close();

    JsonNode backup =
        json(
            new BackupCommand(),
            "--json",
            "--data",
            at("data"),
            "--passphrase-file",
            key,
            at("backup"));
    assertThat(backup.get("bytes").asLong()).isEqualTo(Files.size(folder.resolve("backup")));
    assertThat(backup.get("sha256").asText()).matches("[0-9a-f]{64}");
    JsonNode restored =
        json(
            new RestoreCommand(),
            "--json",
            "--data",
            at("restored"),
            "--passphrase-file",
            key,
            at("backup"));
    assertThat(restored.get("rows")).isEqualTo(backup.get("rows"));
    JsonNode copied =
        json(
            new CopyDatabaseCommand(),
            "--json",
            "--from",
            at("restored/kydai.db"),
            "--to",
            at("copy.db"));
    assertThat(copied.get("tables").findValuesAsText("table")).contains("audit", "camera");
    assertThat(copied.get("tables").get(0).get("sha256").asText()).matches("[0-9a-f]{64}");
  }

  @Test
  void aBackupIsMadeAndRestoredWithItsEntriesInTheAudit() throws Exception {
    Files.writeString(folder.resolve("key"), "a long passphrase\nignored");
    Files.writeString(folder.resolve("short"), "short");
    try (Database node = Database.open(folder.resolve("data/kydai.db"))) {
      assertThat(
              run(
                  new BackupCommand(),
                  "--data",
                  at("data"),
                  "--passphrase-file",
                  at("key"),
                  at("backup")))
          .as(said::toString)
          .isZero();
      AuditLog audit = new AuditLog(node, Clock.systemUTC());
      assertThat(audit.list(AuditFilter.all(5)).entries().get(0).type()).isEqualTo("backup.made");
      assertThat(
              run(
                  new BackupCommand(),
                  "--data",
                  at("data"),
                  "--passphrase-file",
                  at("short"),
                  at("other")))
          .isEqualTo(1);
      assertThat(said.toString()).contains("at least 12 characters");
    }
    assertThat(
            run(
                new RestoreCommand(),
                "--data",
                at("restored"),
                "--passphrase-file",
                at("key"),
                at("backup")))
        .as(said::toString)
        .isZero();
    try (Database node = Database.open(folder.resolve("restored/kydai.db"))) {
      AuditLog audit = new AuditLog(node, Clock.systemUTC());
      assertThat(audit.list(AuditFilter.all(5)).entries().get(0).type())
          .isEqualTo("backup.restored");
      assertThat(audit.verify().whole()).isTrue();
    }
    assertThat(
            run(
                new CopyDatabaseCommand(),
                "--from",
                at("restored/kydai.db"),
                "--to",
                at("copy.db")))
        .as(said::toString)
        .isZero();
    assertThat(said.toString()).contains("the content of each table is equal in both");
    assertThat(run(new CopyDatabaseCommand(), "--from", at("none.db"), "--to", at("copy2.db")))
        .isEqualTo(1);
    assertThat(folder.resolve("copy2.db")).doesNotExist();
    assertThat(
            run(
                new CopyDatabaseCommand(),
                "--from",
                at("copy.db"),
                "--to",
                "postgresql://u:top-secret@127.0.0.1:1/n"))
        .isEqualTo(1);
    assertThat(said.toString()).contains("does not answer").doesNotContain("top-secret");
  }
}
