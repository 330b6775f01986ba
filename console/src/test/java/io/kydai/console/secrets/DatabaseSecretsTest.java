package io.kydai.console.secrets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.backup.DatabaseCopy;
import io.kydai.console.cameras.CameraRegistry;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.tree.Secret;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.console.users.Directory;
import io.kydai.console.users.factor.AuthenticatorApp;
import io.kydai.console.users.factor.FactorChange;
import io.kydai.console.users.factor.SecondFactors;
import io.kydai.console.users.factor.TotpSecret;
import io.kydai.ingest.source.CameraId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseSecretsTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final String PASSWORD = "heron-over-the-river";
  private static final String URL = "rtsp://viewer:" + PASSWORD + "@192.0.2.7:554/1";
  private static final CameraId GATE = new CameraId("gate");
  private static final List<SecretColumn> COLUMNS =
      List.of(CameraRegistry.SECRETS, CameraRegistry.SECOND_SECRETS, SecondFactors.SECRETS);

  @TempDir Path folder;
  private Path file;
  private Path key;
  private Database database;

  @BeforeEach
  void open() {
    file = folder.resolve("kydai.db");
    key = folder.resolve("secrets.key");
    database = TestDatabase.open(file);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private SecretsCipher cipher() {
    return DatabaseSecrets.open(database, key, COLUMNS);
  }

  private CameraRegistry cameras() {
    return new CameraRegistry(database, cipher(), List.of(), CLOCK);
  }

  private SecondFactors factors() {
    return new SecondFactors(database, cipher(), new AuditLog(database, CLOCK), CLOCK);
  }

  private void addACamera() {
    cameras().add(CameraConfig.of(GATE, Secret.of(URL)), Actor.SYSTEM, RequestOrigin.NONE);
  }

  private String account() {
    return new Directory(database, new AuditLog(database, CLOCK), CLOCK)
        .add("lan", "Lan", null, List.of(), null, Actor.SYSTEM, RequestOrigin.NONE)
        .id()
        .value();
  }

  private List<String> rows() {
    return database.inSnapshot(
        db ->
            db.createQuery(
                    "SELECT COALESCE(definition, '') FROM camera UNION ALL SELECT secret FROM totp ORDER BY 1")
                .mapTo(String.class)
                .list());
  }

  private String url() {
    return cameras().camera(GATE).orElseThrow().url().value();
  }

  /** Rows as they were before secrets were encrypted. */
  private void asEarlier(String account, TotpSecret secret) {
    database.inTransaction(
        db -> {
          db.execute(
              "INSERT INTO camera (id, definition, changed_at) VALUES (?, ?, 0)",
              "gate",
              "{\"id\": \"gate\", \"url\": \"" + URL + "\"}");
          db.execute(
              "INSERT INTO camera (id, definition, changed_at) VALUES ('gone', NULL, 0),"
                  + " ('follows', '{\"id\": \"follows\", \"name\": \"of the file\"}', 0)");
          return db.execute(
              "INSERT INTO totp (account, secret, last_step, created_at) VALUES (?, ?, 0, 0)",
              account,
              secret.base32());
        });
  }

  @Test
  void noRowHasASecretAndTheNextStartHasThemAll() {
    String account = account();
    FactorChange change = FactorChange.ofOwn(account, "lan", RequestOrigin.NONE);
    SecondFactors factors = factors();
    TotpSecret secret = factors.beginTotp(account);
    AuthenticatorApp app = new AuthenticatorApp(secret.base32());
    assertThat(factors.confirmTotp(change, app.code(0))).isPresent();
    addACamera();

    assertThat(rows())
        .hasSize(2)
        .allMatch(row -> row.contains("aes-256-gcm:"))
        .noneMatch(row -> row.contains(PASSWORD) || row.contains(secret.base32()));
    assertThat(url()).isEqualTo(URL);
    assertThat(factors().accept(change, app.code(1))).contains(SecondFactors.TOTP);
  }

  @Test
  void anEarlierDatabaseIsEncryptedAtTheStartAndNothingOfItIsLeftInTheFile() throws IOException {
    String account = account();
    TotpSecret secret = TotpSecret.generate(new SecureRandom());
    asEarlier(account, secret);

    assertThat(url()).isEqualTo(URL);
    List<String> encrypted = rows();
    assertThat(encrypted).noneMatch(row -> row.contains(PASSWORD) || row.contains(secret.base32()));
    cipher();
    assertThat(rows()).as("the next start has nothing to do").isEqualTo(encrypted);
    FactorChange change = FactorChange.ofOwn(account, "lan", RequestOrigin.NONE);
    AuthenticatorApp app = new AuthenticatorApp(secret.base32());
    assertThat(factors().accept(change, app.code(0))).contains(SecondFactors.TOTP);

    database.close();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path one : files.filter(each -> each.toString().contains("kydai.db")).toList()) {
        assertThat(Files.readString(one, ISO_8859_1))
            .doesNotContain(PASSWORD)
            .doesNotContain(secret.base32());
      }
    }
  }

  @Test
  void theKeyIsMadeOnceForTheNodesUserAlone() throws IOException {
    addACamera();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(Base64.getDecoder().decode(Files.readString(key).strip())).hasSize(32);
    String made = Files.readString(key);
    assertThat(url()).isEqualTo(URL);
    assertThat(Files.readString(key)).isEqualTo(made);
  }

  @Test
  void anotherKeyIsRefusedByNameAndChangesNothing() throws IOException {
    addACamera();
    List<String> before = rows();
    Files.writeString(key, Base64.getEncoder().encodeToString(new byte[32]));
    assertThatThrownBy(this::cipher)
        .isInstanceOf(SecretsException.class)
        .hasMessageContainingAll(key.toString(), "not the one of this database", "camera.url")
        .hasMessageNotContaining(PASSWORD);
    assertThatThrownBy(() -> DatabaseSecrets.openBeside(database, key, COLUMNS))
        .isInstanceOf(SecretsException.class);
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void aMissingKeyIsNotReplacedByAnotherWhileSomethingIsEncrypted() throws IOException {
    addACamera();
    Path away = Files.move(key, folder.resolve("away"));
    assertThatThrownBy(this::cipher)
        .isInstanceOf(SecretsException.class)
        .hasMessageContainingAll("their key is missing", key.toString(), "backup");
    assertThat(key).doesNotExist();
    Files.move(away, key);
    assertThat(url()).isEqualTo(URL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "not base 64!", "AAAA"})
  void aFileThatIsNoKeyIsRefusedWithoutItsText(String text) throws IOException {
    Files.writeString(key, text);
    assertThatThrownBy(this::cipher)
        .isInstanceOf(SecretsException.class)
        .hasMessageContainingAll(key.toString(), "cannot be used")
        .hasMessageMatching(text.isEmpty() ? "(?s).*" : "(?s)((?!" + text + ").)*");
  }

  @Test
  void aNewFirstKeyEncryptsAnewWhatTheFormerHad() throws IOException {
    addACamera();
    String former = Files.readString(key);
    byte[] other = new byte[32];
    other[0] = 1;
    String latter = Base64.getEncoder().encodeToString(other) + "\n";
    Files.writeString(key, latter + former);
    List<String> before = rows();
    assertThat(url()).isEqualTo(URL);
    assertThat(rows()).isNotEqualTo(before);
    Files.writeString(key, latter);
    assertThat(url()).as("the former is not needed any more").isEqualTo(URL);
  }

  @Test
  void aValueIsBoundToItsRowAndNobodyChangesIt() {
    SecretsCipher cipher = cipher();
    String stored = cipher.encrypt("camera.url", "gate", URL);
    assertThat(cipher.decrypt("camera.url", "gate", stored)).isEqualTo(URL);
    assertThat(cipher.encrypt("camera.url", "gate", URL)).as("no nonce twice").isNotEqualTo(stored);
    char last = stored.charAt(stored.length() - 3);
    String changed =
        stored.substring(0, stored.length() - 3)
            + (last == 'A' ? 'B' : 'A')
            + stored.substring(stored.length() - 2);
    for (String[] wrong :
        new String[][] {
          {"camera.url", "yard", stored},
          {"totp.secret", "gate", stored},
          {"camera.url", "gate", changed},
          {"camera.url", "gate", "aes-256-gcm:"},
          {"camera.url", "gate", "aes-256-gcm:???"}
        }) {
      assertThatThrownBy(() -> cipher.decrypt(wrong[0], wrong[1], wrong[2]))
          .isInstanceOf(SecretsException.class);
    }
  }

  @Test
  void aCopyOfTheDatabaseIsReadWithTheSameKey() {
    addACamera();
    try (Database copy = Database.open(folder.resolve("copy.db"))) {
      DatabaseCopy.copy(database, copy);
      assertThat(
              new CameraRegistry(copy, DatabaseSecrets.open(copy, key, COLUMNS), List.of(), CLOCK)
                  .camera(GATE)
                  .orElseThrow()
                  .url()
                  .value())
          .isEqualTo(URL);
    }
  }
}
