package io.kydai.models.unpack;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder into which resources of jars are unpacked as {@code FOLDER/NAME-VERSION/FILE}. A file
 * that already exists with the resource's length is not unpacked again.
 *
 * <ul>
 *   <li>A file is written under a temporary name, forced to the disk and then renamed, so that a
 *       killed process or a full disk does not leave an incomplete library under its name.
 *   <li>Temporary files that an earlier process left are removed: all of them in a folder that only
 *       this process uses, and otherwise those older than an hour. In a folder that only this
 *       process uses, other versions are removed too.
 *   <li>The folder holds one copy of each resource and version. Several processes may share a
 *       folder.
 * </ul>
 *
 * <p>A node keeps its files in its data folder ({@link #use}). A process without a data folder (a
 * command, a test) keeps them in the user's cache, {@code $XDG_CACHE_HOME/kydai} or {@code
 * ~/.cache/kydai} (XDG Base Directory Specification), or, where that is not writable, in a folder
 * of this user below {@code java.io.tmpdir}.
 */
public final class UnpackedFiles {
  private static final String FILE_PERMISSIONS = "rw-------";
  private static final String FOLDER_PERMISSIONS = "rwx------";
  private static final Logger LOG = LoggerFactory.getLogger(UnpackedFiles.class);
  private static final String PART = ".part";
  private static final Duration PART_MAX_AGE = Duration.ofHours(1);

  private static @Nullable UnpackedFiles current;

  private final Path folder;
  private final boolean exclusive;

  private UnpackedFiles(Path folder, boolean exclusive) {
    this.folder = folder;
    this.exclusive = exclusive;
  }

  /**
   * Returns the folder of this process: that of the last {@link #use}, or the user's cache.
   *
   * @throws IOException when no folder is writable
   */
  public static synchronized UnpackedFiles current() throws IOException {
    UnpackedFiles files = current;
    if (files == null) {
      files = ofUser();
      current = files;
    }
    return files;
  }

  /**
   * Sets the folder of this process. It should be called before a library is loaded, because
   * libraries that are already loaded stay in their folder.
   *
   * @param folder a folder that no other process uses, such as one in a locked data folder; it is
   *     created if it is missing
   * @throws IOException when the folder is not writable
   */
  public static synchronized void use(Path folder) throws IOException {
    UnpackedFiles files = new UnpackedFiles(folder.toAbsolutePath().normalize(), true);
    files.open();
    current = files;
  }

  static UnpackedFiles in(Path folder, boolean exclusive) throws IOException {
    UnpackedFiles files = new UnpackedFiles(folder, exclusive);
    files.open();
    return files;
  }

  private static UnpackedFiles ofUser() throws IOException {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path home =
        cache != null && cache.startsWith("/")
            ? Path.of(cache)
            : Path.of(System.getProperty("user.home"), ".cache");
    String user = System.getProperty("user.name");
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"), "kydai-" + user);
    try {
      return in(home.resolve("kydai"), false);
    } catch (IOException e) {
      LOG.debug("{} cannot be used for unpacked libraries", home, e);
    }
    try {
      UnpackedFiles files = in(temporary, false);
      if (!Files.getOwner(temporary).getName().equals(user)) {
        // The owner of the folder could place a manipulated library there.
        throw new IOException(temporary + " belongs to another user");
      }
      return files;
    } catch (IOException e) {
      throw new IOException(
          "There is no folder for unpacked libraries: neither "
              + home
              + " nor "
              + temporary
              + " is usable",
          e);
    }
  }

  private void open() throws IOException {
    Files.createDirectories(folder, permissions(folder, FOLDER_PERMISSIONS));
    if (!Files.isWritable(folder)) {
      throw new IOException(folder + " is not writable");
    }
    Instant abandonedBefore = Instant.now().minus(PART_MAX_AGE);
    try (Stream<Path> files = Files.find(folder, 2, (file, is) -> is.isRegularFile())) {
      for (Path file : files.filter(one -> one.toString().endsWith(PART)).toList()) {
        if (exclusive || Files.getLastModifiedTime(file).toInstant().isBefore(abandonedBefore)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /**
   * Returns the permissions as a file attribute; none on a file system without POSIX permissions.
   */
  private static FileAttribute<?>[] permissions(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /**
   * Unpacks several resources into one folder.
   *
   * @param name the name of the group, such as {@code onnxruntime}
   * @param version the version of the group; another version is unpacked to another folder
   * @param resources the resources; each is unpacked to a file with the last part of its path as
   *     its name
   * @return the folder that holds the files
   * @throws IOException when a resource cannot be read or a file cannot be written
   */
  public synchronized Path unpack(String name, String version, List<URL> resources)
      throws IOException {
    Path target = folder.resolve(name + "-" + version);
    Files.createDirectories(target, permissions(target, FOLDER_PERMISSIONS));
    for (URL resource : resources) {
      unpack(resource, target);
    }
    if (exclusive) {
      removeOtherVersions(name, target);
    }
    return target;
  }

  /**
   * Returns a resource as a file: the resource's own file if it is one, otherwise an unpacked copy
   * with its CRC-32 as the version.
   *
   * @throws IOException when the resource cannot be read or the file cannot be written
   */
  public Path file(URL resource) throws IOException {
    if (resource.getProtocol().equals("file")) {
      try {
        return Path.of(resource.toURI());
      } catch (URISyntaxException e) {
        throw new IOException(resource + " is not the address of a file", e);
      }
    }
    String file = lastPart(resource);
    String name = file.replaceFirst("\\.[A-Za-z0-9]+$", "");
    return unpack(name, Checksum.of(resource), List.of(resource)).resolve(file);
  }

  private static void unpack(URL resource, Path target) throws IOException {
    Path file = target.resolve(lastPart(resource));
    URLConnection connection = resource.openConnection();
    try (InputStream in = connection.getInputStream()) {
      if (Files.isRegularFile(file) && Files.size(file) == connection.getContentLengthLong()) {
        return;
      }
      Path part = target.resolve(file.getFileName() + "." + UUID.randomUUID() + PART);
      try {
        Files.createFile(part, permissions(part, FILE_PERMISSIONS));
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
          in.transferTo(Channels.newOutputStream(channel));
          channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    }
  }

  private static String lastPart(URL resource) {
    return resource.getPath().substring(resource.getPath().lastIndexOf('/') + 1);
  }

  private void removeOtherVersions(String name, Path kept) throws IOException {
    List<Path> others;
    try (Stream<Path> folders = Files.list(folder)) {
      others =
          folders
              .filter(
                  one ->
                      one.getFileName().toString().matches(Pattern.quote(name) + "-[0-9a-f][^-]*"))
              .filter(one -> !one.equals(kept))
              .toList();
    }
    for (Path other : others) {
      delete(other);
    }
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes is) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path done, IOException e) throws IOException {
            Files.delete(done);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
