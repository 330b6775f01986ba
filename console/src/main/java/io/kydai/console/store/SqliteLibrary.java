package io.kydai.console.store;

import io.kydai.models.unpack.UnpackedFiles;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Has SQLite's library loaded from {@link UnpackedFiles}. By itself the driver would unpack it into
 * {@code java.io.tmpdir} for each process, with a lock beside it that a killed process leaves
 * behind, so that no later one removes the two.
 */
final class SqliteLibrary {
  /** Where the driver looks for the library first (its SQLiteJDBCLoader.java). */
  private static final String FOLDER = "org.sqlite.lib.path";

  private SqliteLibrary() {}

  /**
   * To be called before the first connection is opened; the driver loads its library once. On a
   * machine for which its jar has none, the driver says so by itself.
   *
   * @throws StoreException when it cannot be unpacked
   */
  static synchronized void prepare() {
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
      throw new StoreException("SQLite's library cannot be unpacked: " + e.getMessage(), e);
    }
  }
}
