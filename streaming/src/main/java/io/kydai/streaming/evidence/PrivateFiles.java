package io.kydai.streaming.evidence;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates files and folders that only the node's user can read, since evidence shows people and
 * plates. Files have the POSIX mode 0600 and folders 0700 from the moment at which they exist,
 * whatever the process's umask is. On a file system without POSIX modes they have the permissions
 * that it gives. For any thread.
 */
public final class PrivateFiles {
  private static final String FILE = "rw-------";
  private static final String FOLDER = "rwx------";
  private static final Logger LOG = LoggerFactory.getLogger(PrivateFiles.class);

  private PrivateFiles() {}

  /**
   * Creates a folder, with those above it, where it is missing. A folder that exists stays as it
   * is.
   *
   * @throws IOException when it cannot be created, or a file has its name
   */
  public static void createDirectories(Path folder) throws IOException {
    Files.createDirectories(folder, mode(folder, FOLDER));
  }

  /**
   * Creates an empty file where there is none. A file that exists keeps its content, and others
   * lose their permissions on it.
   *
   * @throws IOException when it cannot be created
   */
  public static void createFile(Path file) throws IOException {
    try {
      Files.createFile(file, mode(file, FILE));
    } catch (FileAlreadyExistsException e) {
      takeFromOthers(file);
    }
  }

  /**
   * Opens a file; a file that this creates is private.
   *
   * @return closed by the caller
   * @throws IOException when it cannot be opened
   */
  public static FileChannel open(Path file, OpenOption... options) throws IOException {
    return FileChannel.open(
        file, Arrays.stream(options).collect(Collectors.toSet()), mode(file, FILE));
  }

  /**
   * Writes a file whole, or not at all; one that exists is replaced. When this returns, content and
   * name survive a loss of power.
   *
   * @param partial where it is written first, in the same file system; not there afterwards
   * @throws IOException when the disk does not take it
   */
  public static void write(Path file, Path partial, byte[] content) throws IOException {
    try {
      try (FileChannel channel = open(partial, CREATE, TRUNCATE_EXISTING, WRITE)) {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      Files.move(partial, file, ATOMIC_MOVE, REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
    force(file.resolveSibling(""));
  }

  /** Forces the new entries of a folder to the disk, so that they survive a loss of power. */
  public static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, READ)) {
      channel.force(true);
    }
  }

  /**
   * Removes the permissions of everybody but the owner from a file or folder, as an earlier version
   * may have created it. Where that is not possible, a warning names the path.
   */
  public static void takeFromOthers(Path path) {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    try {
      Set<PosixFilePermission> permissions = view.readAttributes().permissions();
      if (permissions.removeIf(permission -> !permission.name().startsWith("OWNER_"))) {
        view.setPermissions(permissions);
      }
    } catch (IOException e) {
      // Another user's, or a file system that has no modes of its own.
      LOG.warn("{} may be read by others than the node's user: {}", path, e.toString());
    }
  }

  private static FileAttribute<?>[] mode(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
