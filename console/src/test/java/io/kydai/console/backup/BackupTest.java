package io.kydai.console.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.reports.Alerts;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportFilter;
import io.kydai.console.reports.ReportId;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.store.Database;
import io.kydai.console.store.DatabaseAddress;
import io.kydai.console.store.PostgresqlCluster;
import io.kydai.console.store.TestDatabase;
import io.kydai.streaming.evidence.EvidenceItem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupTest {
  private static final char[] PASSPHRASE = "correct horse battery staple".toCharArray();
  private static final Clock CLOCK = Clock.systemUTC();

  @TempDir Path folder;
  private Path data;
  private BackupSource source;

  @BeforeEach
  void fill() throws Exception {
    data = Files.createDirectories(folder.resolve("data"));
    Path day = Files.createDirectories(data.resolve("evidence/2026-11-22/a0"));
    Files.writeString(day.resolve("snapshot.jpg"), "a picture");
    Files.createDirectories(data.resolve("evidence/.partial"));
    Files.writeString(data.resolve("evidence/.partial/1-clip.mp4"), "half");
    Files.createDirectories(data.resolve("tls"));
    Files.writeString(data.resolve("tls/key.pem"), "a key");
    Files.writeString(data.resolve("evidence-key.pem"), "another key");
    Files.createDirectories(data.resolve("libraries"));
    Files.writeString(data.resolve("libraries/big.so"), "a library");
    Path configuration = Files.writeString(folder.resolve("kydai.yaml"), "cameras: []\n");
    source =
        new BackupSource(
            TestDatabase.address(data.resolve("kydai.db")),
            data,
            Files.writeString(folder.resolve("elsewhere.key"), "the key of secrets"),
            configuration);
  }

  private static List<ReportId> reports(Database database) {
    ReportQueue queue = new ReportQueue(database, ReportOutbox.NONE, CLOCK);
    List<ReportId> ids = new ArrayList<>();
    String cursor = null;
    do {
      var page = queue.list(new ReportFilter(null, null, null, null, 200, cursor));
      page.reports().stream().map(Report::id).forEach(ids::add);
      cursor = page.next();
    } while (cursor != null);
    Collections.reverse(ids);
    return ids;
  }

  @Test
  void aBackupOfAWorkingNodeHasEveryReportUpToOneMoment() throws Exception {
    Path backup = folder.resolve("kydai.backup");
    List<ReportId> committed = Collections.synchronizedList(new ArrayList<>());
    try (Database database = TestDatabase.open(data.resolve("kydai.db"))) {
      ReportQueue queue = new ReportQueue(database, ReportOutbox.NONE, CLOCK);
      CountDownLatch some = new CountDownLatch(40);
      AtomicBoolean more = new AtomicBoolean(true);
      Thread alerts =
          new Thread(
              () -> {
                for (int i = 0; more.get(); i++) {
                  EvidenceItem item = new EvidenceItem("snapshot.jpg", "image/jpeg", 9, "ff");
                  committed.add(queue.receive(Alerts.opened("a" + i), List.of(item)).id());
                  some.countDown();
                }
              });
      alerts.start();
      some.await();
      int before = committed.size();
      Backup.Written written = Backup.write(source, backup, PASSPHRASE, CLOCK);
      more.set(false);
      alerts.join();
      assertThat(Files.readString(backup, java.nio.charset.StandardCharsets.ISO_8859_1))
          .as("nothing of it can be read")
          .doesNotContain("gate", "a key", "SQLite");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
          .isEqualTo("rw-------");
      try (var left = Files.list(folder)) {
        assertThat(left.map(file -> file.getFileName().toString()))
            .as("no snapshot is left behind")
            .containsExactlyInAnyOrder("data", "elsewhere.key", "kydai.yaml", "kydai.backup");
      }

      Path restored = folder.resolve("restored");
      Manifest manifest = Restore.read(backup, PASSPHRASE, restored, null);
      assertThat(manifest.tables()).isEqualTo(written.manifest().tables());
      try (Database copy = Database.open(restored.resolve("kydai.db"))) {
        assertThat(DatabaseCopy.contents(copy)).isEqualTo(manifest.tables());
        List<ReportId> found = reports(copy);
        assertThat(found).hasSizeGreaterThanOrEqualTo(before);
        assertThat(found).isEqualTo(committed.subList(0, found.size()));
      }
      assertThat(restored.resolve("evidence/2026-11-22/a0/snapshot.jpg")).hasContent("a picture");
      assertThat(restored.resolve("tls/key.pem")).hasContent("a key");
      assertThat(restored.resolve("evidence-key.pem")).hasContent("another key");
      assertThat(restored.resolve("secrets.key"))
          .as("from where the configuration says it is")
          .hasContent("the key of secrets");
      assertThat(restored.resolve("configuration.yaml")).hasContent("cameras: []\n");
      assertThat(restored.resolve("libraries")).doesNotExist();
      assertThat(restored.resolve("evidence/.partial")).doesNotExist();
    }
  }

  @Test
  @Tag("postgresql")
  void aBackupIsRestoredToAServerAndABackupOfAServerToAFile() throws Exception {
    PostgresqlCluster cluster = PostgresqlCluster.get();
    String name = cluster.createDatabase();
    DatabaseAddress server = DatabaseAddress.of(cluster.url(name));
    BackupSource file =
        new BackupSource(
            DatabaseAddress.file(data.resolve("kydai.db")),
            data,
            data.resolve("secrets.key"),
            null);
    List<TableContent> original;
    try (Database database = Database.open(file.database())) {
      ReportQueue queue = new ReportQueue(database, ReportOutbox.NONE, CLOCK);
      queue.receive(Alerts.opened("a0"), List.of());
      queue.receive(Alerts.read(Alerts.opened("a1"), "51F12345", 0.9), List.of());
      original = DatabaseCopy.contents(database);
    }
    Backup.write(file, folder.resolve("first.backup"), PASSPHRASE, CLOCK);
    Restore.read(folder.resolve("first.backup"), PASSPHRASE, folder.resolve("second"), server);
    assertThat(folder.resolve("second/kydai.db")).doesNotExist();
    try (Database database = Database.open(server)) {
      assertThat(DatabaseCopy.contents(database)).isEqualTo(original);
      Backup.write(
          new BackupSource(
              server, folder.resolve("second"), folder.resolve("second/secrets.key"), null),
          folder.resolve("second.backup"),
          PASSPHRASE,
          CLOCK);
    }
    Restore.read(folder.resolve("second.backup"), PASSPHRASE, folder.resolve("third"), null);
    try (Database database = Database.open(folder.resolve("third/kydai.db"))) {
      assertThat(DatabaseCopy.contents(database)).isEqualTo(original);
    }
    assertThatThrownBy(
            () ->
                Restore.read(
                    folder.resolve("first.backup"), PASSPHRASE, folder.resolve("4th"), server))
        .hasMessageContaining("not empty");
    assertThat(folder.resolve("4th")).doesNotExist();
    cluster.dropDatabase(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../evil", "data/../../evil", "/tmp/evil", "data", "other/file", "data/sub/"})
  void aBackupWhoseFilesWouldLieElsewhereIsRefused(String name) throws Exception {
    Path backup = folder.resolve("made.backup");
    try (ZipOutputStream zip =
        new ZipOutputStream(
            new SealedOutput(Files.newOutputStream(backup), BackupKey.create(PASSPHRASE)))) {
      zip.putNextEntry(new ZipEntry(name));
      zip.closeEntry();
    }
    Path target = folder.resolve("restored");
    assertThatThrownBy(() -> Restore.read(backup, PASSPHRASE, target, null))
        .isInstanceOf(CopyException.class)
        .hasMessageContaining("name is not allowed");
    assertThat(target).doesNotExist();
    assertThat(folder.resolve("evil")).doesNotExist();
  }

  @Test
  void aWrongPassphraseADamagedFileAndAFullFolderChangeNothing() throws Exception {
    TestDatabase.open(data.resolve("kydai.db")).close();
    Path backup = folder.resolve("kydai.backup");
    Backup.write(source, backup, PASSPHRASE, CLOCK);
    Path target = folder.resolve("restored");
    assertThatThrownBy(() -> Restore.read(backup, "another passphrase".toCharArray(), target, null))
        .isInstanceOf(CopyException.class)
        .hasMessageContaining("the passphrase is wrong");
    byte[] bytes = Files.readAllBytes(backup);
    Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, bytes.length - 1));
    assertThatThrownBy(() -> Restore.read(cut, PASSPHRASE, target, null))
        .isInstanceOf(CopyException.class);
    assertThat(target).doesNotExist();
    Files.createDirectories(target.resolve("evidence"));
    assertThatThrownBy(() -> Restore.read(backup, PASSPHRASE, target, null))
        .hasMessageContaining("is not empty");
    assertThatThrownBy(() -> Backup.write(source, backup, PASSPHRASE, CLOCK))
        .hasMessageContaining("exists already");
    assertThatThrownBy(() -> Backup.write(source, data.resolve("b"), PASSPHRASE, CLOCK))
        .hasMessageContaining("does not lie in the data folder");
    try (var left = Files.list(folder)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("."));
    }
  }
}
