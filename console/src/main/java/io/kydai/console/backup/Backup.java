package io.kydai.console.backup;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.kydai.console.secrets.SecretsKey;
import io.kydai.console.store.Database;
import io.kydai.streaming.evidence.PrivateFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes all that a node keeps into one encrypted file, also while the node works: the database as
 * it is in one snapshot, then the evidence and the other files of the data folder, and the
 * configuration. Evidence is written before the database names it, so that each file that the
 * snapshot names is there, unless it is deleted meanwhile.
 *
 * <p>The file is a zip archive that is encrypted as {@link BackupKey} says. Its entries are {@code
 * manifest.json}, {@code database.db} (SQLite, also where the node uses PostgreSQL), {@code data/}
 * and {@code configuration.yaml}.
 */
public final class Backup {
  static final String MANIFEST = "manifest.json";
  static final String DATABASE = "database.db";
  static final String DATA = "data/";
  static final String CONFIGURATION = "configuration.yaml";

  /**
   * What the node makes anew, locks, or has in the snapshot already, and the key of secrets, which
   * is taken from where the node has it.
   */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "tmp",
          "libraries",
          "kydai.lock",
          SecretsKey.FILE,
          "kydai.db",
          "kydai.db-wal",
          "kydai.db-shm",
          "kydai.db.lock");

  private final BackupSource source;
  private final Clock clock;
  private int files;

  private Backup(BackupSource source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  /**
   * What was written.
   *
   * @param manifest the content of the database
   * @param files the number of other files
   * @param bytes the size of the backup
   * @param sha256 the hash of the backup in lower-case hexadecimal digits
   */
  public record Written(Manifest manifest, int files, long bytes, String sha256) {}

  /**
   * Writes a backup.
   *
   * @param file the backup, which does not exist; it appears under this name when it is whole, and
   *     only its owner can read it
   * @throws IOException when a file cannot be read or written
   * @throws CopyException when the file exists, or would lie in the data folder
   * @throws io.kydai.console.store.StoreException when the database fails
   */
  public static Written write(BackupSource source, Path file, char[] passphrase, Clock clock)
      throws IOException {
    return new Backup(source, clock).write(file.toAbsolutePath().normalize(), passphrase);
  }

  private Written write(Path file, char[] passphrase) throws IOException {
    if (Files.exists(file, NOFOLLOW_LINKS)) {
      throw new CopyException("the file " + file + " exists already", null);
    }
    if (file.startsWith(source.data().toAbsolutePath().normalize())) {
      throw new CopyException("a backup does not lie in the data folder; choose another", null);
    }
    Path folder = file.resolveSibling("");
    Path snapshot = Files.createTempDirectory(folder, ".kydai-snapshot-");
    Path partial = snapshot.resolve("partial");
    try {
      Instant madeAt = clock.instant();
      Path copy = snapshot.resolve(DATABASE);
      Manifest manifest;
      try (Database node = Database.openBeside(source.database())) {
        List<TableContent> tables = DatabaseCopy.toFile(node, copy);
        manifest = Manifest.of(madeAt, node, tables);
      }
      MessageDigest digest = TableContent.newDigest();
      try (FileChannel channel = PrivateFiles.open(partial, CREATE_NEW, WRITE)) {
        OutputStream hashed = new DigestOutputStream(keptOpen(channel), digest);
        SealedOutput sealed =
            new SealedOutput(new BufferedOutputStream(hashed), BackupKey.create(passphrase));
        try (ZipOutputStream zip = new ZipOutputStream(sealed)) {
          write(zip, manifest, copy);
        }
        channel.force(true);
      }
      Files.move(partial, file, ATOMIC_MOVE);
      PrivateFiles.force(folder);
      return new Written(
          manifest, files, Files.size(file), HexFormat.of().formatHex(digest.digest()));
    } finally {
      Folders.delete(snapshot);
    }
  }

  /** Returns a stream that leaves the channel open, so that it can be forced to the disk. */
  private static OutputStream keptOpen(FileChannel channel) {
    OutputStream out = Channels.newOutputStream(channel);
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        out.write(value);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
      }
    };
  }

  private void write(ZipOutputStream zip, Manifest manifest, Path database) throws IOException {
    zip.setLevel(Deflater.BEST_SPEED);
    zip.putNextEntry(new ZipEntry(MANIFEST));
    zip.write(manifest.json());
    zip.closeEntry();
    add(zip, database, DATABASE);
    files = 0;
    for (Path file : dataFiles()) {
      String name = source.data().relativize(file).toString().replace('\\', '/');
      // Pictures and clips are compressed already.
      zip.setLevel(name.startsWith("evidence/") ? Deflater.NO_COMPRESSION : Deflater.BEST_SPEED);
      add(zip, file, DATA + name);
    }
    zip.setLevel(Deflater.BEST_SPEED);
    add(zip, source.secretsKey(), DATA + SecretsKey.FILE);
    if (source.configuration() != null) {
      add(zip, source.configuration(), CONFIGURATION);
    }
  }

  /** Adds a file, unless it was deleted since it was listed. */
  private void add(ZipOutputStream zip, Path file, String name) throws IOException {
    try (InputStream in = Files.newInputStream(file, READ, NOFOLLOW_LINKS)) {
      zip.putNextEntry(new ZipEntry(name));
      in.transferTo(zip);
      zip.closeEntry();
      files++;
    } catch (NoSuchFileException e) {
      if (!name.startsWith(DATA)) {
        throw e;
      }
    }
  }

  private List<Path> dataFiles() throws IOException {
    List<Path> found = new ArrayList<>();
    Path data = source.data();
    Files.walkFileTree(
        data,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return isLeftOut(data, folder)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && !isLeftOut(data, file)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    return found;
  }

  /** Half-written evidence and the folders of other backups have names that begin with a dot. */
  private static boolean isLeftOut(Path data, Path file) {
    if (file.equals(data)) {
      return false;
    }
    String name = file.getFileName().toString();
    return name.startsWith(".") || (data.equals(file.getParent()) && LEFT_OUT.contains(name));
  }
}
