package io.kydai.console.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.console.audit.AuditEntry;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.console.users.Account;
import io.kydai.console.users.Directory;
import io.kydai.console.users.Role;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command works on the database that a node has open. */
class AdminCommandTest {
  private static final String PASSWORD = "nang xuan tren song";

  @TempDir Path folder;
  private Database node;
  private AuditLog audit;
  private Directory directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void startNode() throws IOException {
    Path file = folder.resolve("kydai.db");
    node = TestDatabase.open(file);
    Files.writeString(folder.resolve("kydai.yaml"), "cameras: []\n" + TestDatabase.yaml(file));
    audit = new AuditLog(node, Clock.systemUTC());
    directory = new Directory(node, audit, Clock.systemUTC());
  }

  @AfterEach
  void stopNode() {
    node.close();
  }

  /** Runs the command with a standard input, and returns its exit code. */
  private int run(String input, String... words) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine command =
        AdminCommand.commandLine(new ByteArrayInputStream(input.getBytes(UTF_8)))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(
        Math.min(2, all.size()),
        List.of("--data=" + folder, "--config=" + folder.resolve("kydai.yaml")));
    return command.execute(all.toArray(String[]::new));
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toString());
  }

  private Account account(String name) {
    directory.refresh();
    return directory.accountNamed(name).orElseThrow();
  }

  @Test
  void anAccountThatTheCommandAddsIsKnownToTheNode() throws Exception {
    assertThat(run(PASSWORD + "\n", "user", "add", "lan", "--role=administrator", "--json"))
        .as(err.toString())
        .isZero();
    assertThat(json().get("roles").get(0).asText()).isEqualTo("administrator");
    Account lan = account("lan");
    assertThat(lan.grants().get(0).role()).isEqualTo(Role.ADMINISTRATOR);
    assertThat(out.toString() + err).doesNotContain(PASSWORD);
    AuditEntry entry = audit.list(AuditFilter.all(1)).entries().get(0);
    assertThat(entry.type()).isEqualTo("account.added");
    assertThat(entry.actorKind()).isEqualTo("system");
    assertThat(entry.actorId()).isEqualTo("scripts/admin");
    assertThat(entry.actorName()).isEqualTo(System.getProperty("user.name"));

    assertThat(run(PASSWORD, "user", "add", "LAN", "--role=auditor")).isEqualTo(1);
    assertThat(err.toString()).contains("already");
  }

  @Test
  void anAccountIsDisabledEnabledAndGetsAnotherPassword() throws Exception {
    run(PASSWORD, "user", "add", "lan", "--role=administrator");
    run(PASSWORD, "user", "add", "minh", "--role=operator", "--role=reviewer");
    assertThat(run("", "user", "disable", "minh")).isZero();
    assertThat(account("minh").enabled()).isFalse();
    assertThat(run("", "user", "list")).isZero();
    assertThat(out.toString()).containsPattern("minh +disabled +operator, reviewer");
    assertThat(run("", "user", "enable", "minh")).isZero();
    assertThat(account("minh").enabled()).isTrue();
    assertThat(run("another long one\n", "user", "password", "minh")).isZero();
    assertThat(run("", "user", "disable", "nobody")).isEqualTo(1);
    assertThat(run("", "user", "list", "--json")).isZero();
    assertThat(json().get("accounts")).hasSize(2);
  }

  @Test
  void aPasswordThatIsMissingOrPoorIsRefused() {
    assertThat(run("", "user", "add", "lan", "--role=auditor")).isEqualTo(1);
    assertThat(err.toString()).contains("A password is needed");
    assertThat(run("short\n", "user", "add", "lan", "--role=auditor")).isEqualTo(1);
    assertThat(err.toString()).contains("password").doesNotContain("short");
    directory.refresh();
    assertThat(directory.accounts()).isEmpty();
  }

  @Test
  void aTokenIsShownOnceAndRevoked() throws Exception {
    assertThat(
            run(
                "",
                "token",
                "create",
                "prometheus",
                "--permission=metrics,live",
                "--expires-in=90d",
                "--json"))
        .as(err.toString())
        .isZero();
    String secret = json().get("secret").asText();
    String id = json().get("id").asText();
    assertThat(run("", "token", "list")).isZero();
    assertThat(out.toString()).contains(id, "prometheus", "live", "metrics").doesNotContain(secret);
    directory.refresh();
    assertThat(directory.tokens()).hasSize(1);
    assertThat(run("", "token", "revoke", id)).isZero();
    directory.refresh();
    assertThat(directory.tokens()).isEmpty();
    assertThat(run("", "token", "revoke", id)).isEqualTo(1);
  }

  @Test
  void theAuditIsVerifiedAgainstANotedEntry() throws Exception {
    run(PASSWORD, "user", "add", "lan", "--role=administrator");
    assertThat(run("", "audit", "verify", "--json")).as(err.toString()).isZero();
    assertThat(json().get("whole").asBoolean()).isTrue();
    String noted = json().get("last").asLong() + ":" + json().get("hash").asText();
    assertThat(run("", "audit", "verify", "--known=" + noted)).isZero();
    assertThat(out.toString()).startsWith("The audit is whole: 2 entries");
    assertThat(run("", "audit", "verify", "--known=1:" + "0".repeat(64))).isEqualTo(1);
    assertThat(out.toString()).contains("no entry 1 with the noted hash");

    node.inTransaction(db -> db.execute("UPDATE audit SET actor_name = 'x' WHERE number = 2"));
    assertThat(run("", "audit", "verify")).isEqualTo(1);
    assertThat(out.toString()).contains("NOT WHOLE", "entry 2");
  }

  @Test
  void theAuditIsExportedToAFile() throws Exception {
    run(PASSWORD, "user", "add", "lan", "--role=administrator");
    Path file = folder.resolve("audit.csv");
    assertThat(run("", "audit", "export", "--format=csv", "--to=" + file))
        .as(err.toString())
        .isZero();
    assertThat(Files.readString(file)).startsWith("\ufeffnumber,").contains("account.added");
    assertThat(run("", "audit", "export", "--to=" + file)).as("it exists").isEqualTo(1);
    assertThat(run("", "audit", "export", "--since=2999-01-01T00:00:00Z", "--to=" + file + "2"))
        .isZero();
    assertThat(Files.readString(Path.of(file + "2"))).isEmpty();
    assertThat(audit.list(AuditFilter.all(1)).entries().get(0).type()).isEqualTo("audit.exported");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "user",
        "user add",
        "user add lan",
        "user add lan --role=king",
        "user add lan --role=auditor --password=s3cret",
        "user burn lan",
        "token create x",
        "token create x --permission=fly",
        "token create x --permission=live --expires-in=soon",
        "token create x --permission=live --camera=!",
        "audit verify --known=x",
        "audit export --format=xml",
        "audit export --since=yesterday"
      })
  void wrongUsageIsTwo(String words) {
    assertThat(run(PASSWORD, words.isEmpty() ? new String[0] : words.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains("Usage:").doesNotContain("s3cret");
  }

  @Test
  void withoutADatabaseTheCommandSaysSo() {
    CommandLine command =
        AdminCommand.commandLine(new ByteArrayInputStream(new byte[0]))
            .setErr(new PrintWriter(err, true));
    int exit = command.execute("user", "list", "--data=" + folder.resolve("elsewhere"));
    assertThat(exit).isEqualTo(1);
    assertThat(err.toString()).contains("cannot open the database").hasLineCount(1);
  }
}
