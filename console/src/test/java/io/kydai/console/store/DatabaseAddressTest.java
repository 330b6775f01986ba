package io.kydai.console.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.store.postgresql.PostgresqlAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseAddressTest {
  @Test
  void anAddressHasItsPartsAndHidesThePassword() {
    PostgresqlAddress address =
        PostgresqlAddress.parse(
            "postgresql://ky%40dai:p%3A%2F+w@[::1]:6543/cam%20era?sslmode=verify-full"
                + "&sslrootcert=/etc/ca.pem");
    assertThat(address)
        .isEqualTo(
            new PostgresqlAddress(
                "::1", 6543, "cam era", "ky@dai", "p:/+w", "verify-full", "/etc/ca.pem"));
    assertThat(address).hasToString("postgresql://ky@dai@[::1]:6543/cam era");
    assertThat(DatabaseAddress.of("postgres://u:secret@db/n"))
        .hasToString("postgresql://u@db:5432/n");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, disable, ''",
    "192.0.2.1, disable, in the clear",
    "192.0.2.1, prefer, only if the server offers it",
    "192.0.2.1, require, certificate is not checked",
    "192.0.2.1, verify-ca, ''",
    "192.0.2.1, verify-full, ''",
  })
  void aServerElsewhereIsToBeReachedWithACheckedCertificate(
      String host, String sslmode, String exposure) {
    assertThat(
            PostgresqlAddress.parse("postgresql://u@%s/n?sslmode=%s".formatted(host, sslmode))
                .exposure()
                .orElse(""))
        .contains(exposure)
        .matches(exposure.isEmpty() ? "" : ".+");
  }

  @Test
  void whatIsNoAddressOfAServerIsAFile() {
    assertThat(DatabaseAddress.of("data/kydai.db"))
        .isEqualTo(DatabaseAddress.file(Path.of("data/kydai.db")));
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://host/name, the user has",
    "postgresql://u:secret@host, the name has",
    "postgresql://u:secret@host:0/name, the port is",
    "postgresql://u:secret@host:65536/name, the port is",
    "postgresql://u:secret@/name, is expected",
    "postgresql://u:secret@my_host/name, is expected",
    "postgresql:name, is expected",
    "postgresql://u:se cret@host/name, percent-encoded",
    "postgresql://u:se#cret@host/name, is expected",
    "postgresql://u:secret@host/name#x, percent-encoded",
    "postgresql://u:secret@host/name?sslmode=maybe, sslmode is one of",
    "postgresql://u:secret@host/name?options=x, the parameters are",
    "postgresql://u:secret@host/%00, control characters",
    "mysql://u:secret@host/name, is expected",
  })
  void aWrongAddressIsExplainedWithoutItsText(String text, String words) {
    assertThatThrownBy(() -> DatabaseAddress.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words)
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }
}
