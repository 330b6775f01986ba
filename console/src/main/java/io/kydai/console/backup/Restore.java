package io.kydai.console.backup;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.kydai.console.store.Database;
import io.kydai.console.store.DatabaseAddress;
import io.kydai.streaming.evidence.PrivateFiles;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a data folder, and a database, of a backup. A backup of an earlier version gets the present
 * schema. Nothing appears at its place before the whole backup was read and verified.
 */
public final class Restore {
  private static final int MAX_MANIFEST = 1024 * 1024;

  private Restore() {}

  /**
   * Restores a backup. The configuration is put into the data folder as {@value
   * Backup#CONFIGURATION}.
   *
   * @param data a folder that is empty or does not exist
   * @param server the empty database to use; null for a file of SQLite in the data folder
   * @return the content of the backup
   * @throws IOException when a file cannot be read or written
   * @throws CopyException when the passphrase is wrong, the backup is damaged, or the target is not
   *     empty
   * @throws io.kydai.console.store.StoreException when a database fails, or the backup is of a
   *     newer version
   */
  public static Manifest read(
      Path backup, char[] passphrase, Path data, @Nullable DatabaseAddress server)
      throws IOException {
    Path target = data.toAbsolutePath().normalize();
    refuseContent(target);
    PrivateFiles.createDirectories(target.resolveSibling(""));
    Path folder = Files.createTempDirectory(target.resolveSibling(""), ".kydai-restore-");
    try {
      unpack(backup, passphrase, folder);
      Manifest manifest = Manifest.read(Files.readAllBytes(folder.resolve(Backup.MANIFEST)));
      Path content = folder.resolve(Backup.DATA);
      PrivateFiles.createDirectories(content);
      Path database = folder.resolve(Backup.DATABASE);
      try (Database snapshot = Database.open(database)) {
        verify(manifest, snapshot);
        if (server != null) {
          try (Database other = Database.open(server)) {
            DatabaseCopy.copy(snapshot, other);
          }
        }
      }
      if (server == null) {
        Files.move(database, content.resolve("kydai.db"));
      }
      Path configuration = folder.resolve(Backup.CONFIGURATION);
      if (Files.exists(configuration)) {
        Files.move(configuration, content.resolve(Backup.CONFIGURATION));
      }
      Files.deleteIfExists(target);
      Files.move(content, target, ATOMIC_MOVE);
      return manifest;
    } finally {
      Folders.delete(folder);
    }
  }

  private static void refuseContent(Path data) throws IOException {
    if (!Files.exists(data, NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> entries = Files.list(data)) {
      if (entries.findAny().isPresent()) {
        throw new CopyException("the folder " + data + " is not empty; choose another", null);
      }
    }
  }

  private static void unpack(Path backup, char[] passphrase, Path folder) throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(backup));
        SealedInput sealed = new SealedInput(file, BackupKey.read(file, passphrase));
        ZipInputStream zip = new ZipInputStream(sealed)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        write(zip, entry.getName(), folder);
      }
      // The directory of the archive follows, and with it the end that the last chunk confirms.
      sealed.transferTo(OutputStream.nullOutputStream());
    }
    for (String needed : List.of(Backup.MANIFEST, Backup.DATABASE)) {
      if (!Files.isRegularFile(folder.resolve(needed), NOFOLLOW_LINKS)) {
        throw new CopyException("the backup has no " + needed, null);
      }
    }
    if (Files.size(folder.resolve(Backup.MANIFEST)) > MAX_MANIFEST) {
      throw new CopyException("the manifest of the backup is too large", null);
    }
  }

  private static void write(ZipInputStream zip, String name, Path folder) throws IOException {
    Path file = folder.resolve(name).normalize();
    boolean known =
        List.of(Backup.MANIFEST, Backup.DATABASE, Backup.CONFIGURATION).contains(name)
            || (name.startsWith(Backup.DATA) && file.startsWith(folder.resolve(Backup.DATA)));
    if (!known || name.endsWith("/")) {
      throw new CopyException("the backup has a file whose name is not allowed", null);
    }
    PrivateFiles.createDirectories(file.resolveSibling(""));
    try (var channel = PrivateFiles.open(file, CREATE_NEW, WRITE);
        OutputStream out = Channels.newOutputStream(channel)) {
      zip.transferTo(out);
      channel.force(false);
    }
  }

  /** Compares the database with the manifest; migrations of a newer version may change tables. */
  private static void verify(Manifest manifest, Database snapshot) {
    if (!manifest.schema().equals(Manifest.schema(snapshot))) {
      return;
    }
    if (!DatabaseCopy.contents(snapshot).equals(manifest.tables())) {
      throw new CopyException("the database of the backup differs from its manifest", null);
    }
  }
}
