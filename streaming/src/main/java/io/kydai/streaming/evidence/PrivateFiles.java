package io.kydai.streaming.evidence;

import java.io.IOException;
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
 * Makes files and folders that only the node's user can read: evidence shows people and plates.
 * Files are 0600 and folders 0700 from the moment at which they exist, whatever the process's
 * umask. A file system without POSIX modes has them as it makes them.
 */
public final class PrivateFiles {
  private static final String FILE = "rw-------";
  private static final String FOLDER = "rwx------";
  private static final Logger log = LoggerFactory.getLogger(PrivateFiles.class);

  private PrivateFiles() {}

  /** Makes a folder, with those above it, where it is missing. One that is there stays as it is. */
  public static void createDirectories(Path folder) throws IOException {
    Files.createDirectories(folder, mode(folder, FOLDER));
  }

  /** Makes an empty file where there is none, and takes one that is there from the others. */
  public static void createFile(Path file) throws IOException {
    try {
      Files.createFile(file, mode(file, FILE));
    } catch (FileAlreadyExistsException e) {
      takeFromOthers(file);
    }
  }

  /** Opens a file; one that is made by it is private. */
  public static FileChannel open(Path file, OpenOption... options) throws IOException {
    return FileChannel.open(
        file, Arrays.stream(options).collect(Collectors.toSet()), mode(file, FILE));
  }

  /** Takes from others what they may do with a file or folder that an earlier version made. */
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
      log.warn("{} may be read by others than the node's user: {}", path, e.toString());
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
