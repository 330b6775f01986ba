package io.kydai.console.store.sqlite;

import io.kydai.models.unpack.UnpackedFiles;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Makes the SQLite driver load its native library from {@link UnpackedFiles}. By default the driver
 * unpacks the library into {@code java.io.tmpdir} in each process with a lock file beside it; a
 * process that is killed leaves both, and later processes do not remove them.
 */
final class SqliteLibrary {
  /** The system property with the folder in which the driver looks for the library first. */
  private static final String FOLDER = "org.sqlite.lib.path";

  private SqliteLibrary() {}

  /**
   * Unpacks the library and sets its folder. It must be called before the first connection is
   * opened, because the driver loads its library once. For a platform that the driver does not
   * support it does nothing; the driver then reports that itself.
   *
   * @throws IOException when the library cannot be unpacked
   */
  static synchronized void prepare() throws IOException {
    if (System.getProperty(FOLDER) != null) {
      return;
    }
    URL library =
        SQLiteJDBCLoader.class.getResource(
            LibraryLoaderUtil.getNativeLibResourcePath()
                + "/"
                + LibraryLoaderUtil.getNativeLibName());
    if (library == null) {
      return;
    }
    try {
      System.setProperty(
          FOLDER,
          UnpackedFiles.current()
              .unpack("sqlite", SQLiteJDBCLoader.getVersion(), List.of(library))
              .toString());
    } catch (IOException e) {
      throw new IOException("SQLite's library cannot be unpacked: " + e.getMessage(), e);
    }
  }
}
