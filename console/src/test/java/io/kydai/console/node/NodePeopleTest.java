package io.kydai.console.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.audit.AuditLog;
import io.kydai.console.config.PeopleConfig;
import io.kydai.console.secrets.TestSecrets;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.console.users.Account;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first administrator where nobody is there to open the link. */
class NodePeopleTest {
  private static final String PASSWORD = "nang xuan tren song";

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private Database database;

  @BeforeEach
  void open() {
    database = TestDatabase.open(folder.resolve("kydai.db"));
  }

  @AfterEach
  void close() throws Exception {
    database.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  /** Returns the accounts after a start with variables of the environment. */
  private List<Account> started(Map<String, String> environment) {
    Clock clock = Clock.systemUTC();
    try (NodePeople people =
        new NodePeople(
            vertx,
            PeopleConfig.DEFAULT,
            database,
            TestSecrets.cipher(),
            new AuditLog(database, clock),
            clock,
            environment)) {
      return people.identity().directory().accounts();
    }
  }

  @Test
  void withoutAPasswordInTheEnvironmentThereIsNobody() {
    assertThat(started(Map.of())).isEmpty();
    assertThat(started(Map.of("KYDAI_ADMIN_PASSWORD", ""))).isEmpty();
  }

  @Test
  void thePasswordInTheEnvironmentMakesTheAdministratorOnce() {
    assertThat(started(Map.of("KYDAI_ADMIN_PASSWORD", PASSWORD)))
        .extracting(Account::name)
        .containsExactly("admin");
    assertThat(started(Map.of("KYDAI_ADMIN_PASSWORD", "another long enough one")))
        .as("it is looked at only while there is no account")
        .hasSize(1);
  }

  @Test
  void theFileGoesBeforeTheVariable() throws Exception {
    Path file = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    assertThat(
            started(
                Map.of(
                    "KYDAI_ADMIN_PASSWORD_FILE", file.toString(), "KYDAI_ADMIN_PASSWORD", "short")))
        .hasSize(1);
  }

  @Test
  void aPasswordThatIsNotGoodEnoughAndAMissingFileEndTheStartWithoutTheirText() {
    assertThatThrownBy(() -> started(Map.of("KYDAI_ADMIN_PASSWORD", "too-short")))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("not good enough")
        .hasMessageNotContaining("too-short");
    assertThatThrownBy(
            () -> started(Map.of("KYDAI_ADMIN_PASSWORD_FILE", folder.resolve("none").toString())))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("KYDAI_ADMIN_PASSWORD_FILE");
    assertThat(started(Map.of())).isEmpty();
  }
}
