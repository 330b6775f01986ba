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
 * A folder into which resources of jars are unpacked: {@code FOLDER/NAME-VERSION/FILE}. A file that
 * is there already with the resource's length is used as it is.
 *
 * <ul>
 *   <li>A file gets its name only when it is whole and on the disk, so that a process that is
 *       killed, or a full disk, leaves no half of a library under a library's name.
 *   <li>Halves that were left, and other versions in a folder that this process has alone, are
 *       removed.
 *   <li>Bound: one copy of each resource and version. Several processes may share a folder.
 * </ul>
 *
 * <p>A node keeps its files in its data folder ({@link #use}). A process without one (a command, a
 * test) keeps them in the user's cache, {@code $XDG_CACHE_HOME/kydai} or {@code ~/.cache/kydai};
 * or, where that cannot be written, in a folder for this user below {@code java.io.tmpdir}.
 */
public final class UnpackedFiles {
  private static final String FILE = "rw-------";
  private static final String FOLDER = "rwx------";
  private static final Logger LOG = LoggerFactory.getLogger(UnpackedFiles.class);
  private static final String PART = ".part";
  private static final Duration PART_IS_LEFT = Duration.ofHours(1);

  private static @Nullable UnpackedFiles current;

  private final Path folder;
  private final boolean alone;

  private UnpackedFiles(Path folder, boolean alone) {
    this.folder = folder;
    this.alone = alone;
  }

  /**
   * The folder of this process: that of the last {@link #use}, or the user's cache.
   *
   * @throws IOException when no folder can be written to
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
   * Unpacks into {@code folder} from now on; to be called before a library is loaded. What was
   * loaded before stays where it is.
   *
   * @param folder is this process's alone, such as one in a locked data folder; made where missing
   * @throws IOException when it cannot be written to
   */
  public static synchronized void use(Path folder) throws IOException {
    UnpackedFiles files = new UnpackedFiles(folder.toAbsolutePath().normalize(), true);
    files.open();
    current = files;
  }

  static UnpackedFiles in(Path folder, boolean alone) throws IOException {
    UnpackedFiles files = new UnpackedFiles(folder, alone);
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
        // Its owner could put a library of his own there.
        throw new IOException(temporary + " belongs to another user");
      }
      return files;
    } catch (IOException e) {
      throw new IOException(
          "There is no folder for unpacked libraries: neither "
              + home
              + " nor "
              + temporary
              + " can be used",
          e);
    }
  }

  private void open() throws IOException {
    Files.createDirectories(folder, ownersOnly(folder, FOLDER));
    if (!Files.isWritable(folder)) {
      throw new IOException(folder + " cannot be written to");
    }
    Instant left = Instant.now().minus(PART_IS_LEFT);
    try (Stream<Path> files = Files.find(folder, 2, (file, is) -> is.isRegularFile())) {
      for (Path file : files.filter(one -> one.toString().endsWith(PART)).toList()) {
        if (alone || Files.getLastModifiedTime(file).toInstant().isBefore(left)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static FileAttribute<?>[] ownersOnly(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /**
   * Unpacks what belongs together.
   *
   * @param name of the whole, such as {@code onnxruntime}
   * @param version where it changes, all is unpacked again
   * @param resources of the class path; each keeps the last part of its path as its file's name
   * @return the folder in which all of them lie
   * @throws IOException when one cannot be read or written
   */
  public synchronized Path unpack(String name, String version, List<URL> resources)
      throws IOException {
    Path target = folder.resolve(name + "-" + version);
    Files.createDirectories(target, ownersOnly(target, FOLDER));
    for (URL resource : resources) {
      unpack(resource, target);
    }
    if (alone) {
      removeOtherVersions(name, target);
    }
    return target;
  }

  /**
   * One resource as a file: where it lies if it lies on disk, a copy where it is in a jar, with its
   * CRC-32 for a version.
   *
   * @throws IOException when it cannot be read or written
   */
  public Path file(URL resource) throws IOException {
    if (resource.getProtocol().equals("file")) {
      try {
        return Path.of(resource.toURI());
      } catch (URISyntaxException e) {
        throw new IOException(resource + " is no file's address", e);
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
        Files.createFile(part, ownersOnly(part, FILE));
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
