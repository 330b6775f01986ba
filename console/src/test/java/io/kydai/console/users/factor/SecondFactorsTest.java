package io.kydai.console.users.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEntry;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.secrets.TestSecrets;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.console.users.Directory;
import io.kydai.console.users.QuickPasswords;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SecondFactorsTest {
  private static final Instant NOW = Instant.parse("2026-11-28T08:00:10Z");
  private static final long STEP = NOW.getEpochSecond() / 30;

  @TempDir Path folder;
  private Database database;
  private AuditLog audit;
  private Directory directory;
  private SecondFactors factors;
  private FactorChange change;

  @BeforeEach
  void start() {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    database = TestDatabase.open(folder.resolve("kydai.db"));
    audit = new AuditLog(database, clock);
    directory = new Directory(database, audit, clock, QuickPasswords.COST);
    factors = new SecondFactors(database, TestSecrets.cipher(), audit, clock);
    String id =
        directory
            .add("lan", "Lan", null, List.of(), null, Actor.SYSTEM, RequestOrigin.NONE)
            .id()
            .value();
    change = FactorChange.ofOwn(id, "lan", RequestOrigin.NONE);
  }

  @AfterEach
  void stop() {
    database.close();
  }

  private TotpSecret enrol() {
    TotpSecret secret = factors.beginTotp(change.account());
    assertThat(factors.confirmTotp(change, secret.code(STEP - 1))).isPresent();
    return secret;
  }

  @Test
  void of_many_who_bring_the_same_code_at_once_one_is_let_in() throws Exception {
    String code = enrol().code(STEP);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<Boolean> attempt = () -> factors.accept(change, code).isPresent();
      int let = 0;
      for (Future<Boolean> one :
          threads.invokeAll(IntStream.range(0, 8).mapToObj(i -> attempt).toList())) {
        let += one.get() ? 1 : 0;
      }
      assertThat(let).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void a_secret_counts_after_its_first_code_alone() {
    TotpSecret secret = factors.beginTotp(change.account());

    assertThat(factors.confirmTotp(change, "000000")).isEmpty();
    assertThat(factors.enrolled(change.account())).isFalse();
    assertThat(factors.accept(change, secret.code(STEP))).isEmpty();
    assertThat(factors.confirmTotp(change, secret.code(STEP))).isPresent();
    assertThat(factors.enrolled(change.account())).isTrue();
    assertThatThrownBy(() -> factors.confirmTotp(change, secret.code(STEP + 1)))
        .isInstanceOf(FactorConflictException.class);
  }

  @Test
  void what_is_stored_outlives_the_process() {
    TotpSecret secret = enrol();
    SecondFactors again =
        new SecondFactors(database, TestSecrets.cipher(), audit, Clock.fixed(NOW, ZoneOffset.UTC));

    assertThat(again.enrolled(change.account())).isTrue();
    assertThat(again.accept(change, secret.code(STEP - 1))).as("it enrolled").isEmpty();
    assertThat(again.accept(change, secret.code(STEP))).contains("totp");
  }

  @Test
  void recovery_codes_go_with_the_last_factor() {
    enrol();
    assertThat(factors.of(change.account()).recoveryCodes()).isEqualTo(10);

    assertThat(factors.removeTotp(change)).isTrue();

    assertThat(factors.of(change.account()))
        .isEqualTo(new SecondFactors.Overview(false, 0, List.of()));
    assertThat(factors.removeTotp(change)).isFalse();
    assertThatThrownBy(() -> factors.renewRecoveryCodes(change))
        .isInstanceOf(FactorConflictException.class);
    assertThat(audit.list(AuditFilter.all(20)).entries())
        .extracting(AuditEntry::type)
        .containsOnlyOnce("second-factor.removed");
  }

  @Test
  void a_removed_account_leaves_nothing_behind() {
    enrol();

    directory.remove(change.account(), Actor.SYSTEM, RequestOrigin.NONE);

    assertThat(
            database.<Integer>inSnapshot(
                db ->
                    db.createQuery(
                            "SELECT (SELECT count(*) FROM totp)"
                                + " + (SELECT count(*) FROM recovery_code)")
                        .mapTo(Integer.class)
                        .one()))
        .isZero();
  }
}
