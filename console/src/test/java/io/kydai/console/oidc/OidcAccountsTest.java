package io.kydai.console.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.config.OidcConfig;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.console.users.Directory;
import io.kydai.console.users.QuickPasswords;
import io.kydai.console.users.Role;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OidcAccountsTest {
  @TempDir Path folder;

  @Test
  void anAccountThatCannotBeLinkedIsNotMade() {
    Clock clock = Clock.systemUTC();
    OidcConfig.Group wall =
        new OidcConfig.Group("wall", Role.OPERATOR, Set.of(), Set.of(), Set.of(), null);
    OidcIdentity person =
        new OidcIdentity("https://idp.example", "s-1", "lan", "Lan", List.of("wall"), "token");
    try (Database database = TestDatabase.open(folder.resolve("kydai.db"))) {
      AuditLog audit = new AuditLog(database, clock);
      Directory directory = new Directory(database, audit, clock, QuickPasswords.COST);
      OidcAccounts accounts = new OidcAccounts(database, directory, clock, List.of(wall));
      database.inTransaction(db -> db.execute("ALTER TABLE oidc_identity RENAME TO elsewhere"));
      assertThatThrownBy(() -> accounts.of(person, RequestOrigin.NONE))
          .isInstanceOf(RuntimeException.class);
      database.inTransaction(db -> db.execute("ALTER TABLE elsewhere RENAME TO oidc_identity"));
      directory.refresh();
      assertThat(directory.accounts()).isEmpty();
      assertThat(audit.list(AuditFilter.all(10)).entries()).isEmpty();

      assertThat(accounts.of(person, RequestOrigin.NONE).name()).isEqualTo("lan");
      assertThat(accounts.of(person, RequestOrigin.NONE)).isEqualTo(directory.accounts().get(0));
    }
  }
}
