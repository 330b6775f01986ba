package io.kydai.streaming.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {
  @TempDir Path folder;

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void whatIsMadeIsItsOwnersAlone() throws Exception {
    Path deep = folder.resolve("a/b");
    PrivateFiles.createDirectories(deep);
    assertThat(mode(folder.resolve("a"))).isEqualTo("rwx------");
    assertThat(mode(deep)).isEqualTo("rwx------");
    PrivateFiles.createFile(deep.resolve("lock"));
    assertThat(mode(deep.resolve("lock"))).isEqualTo("rw-------");
    PrivateFiles.open(deep.resolve("picture"), CREATE, WRITE).close();
    assertThat(mode(deep.resolve("picture"))).isEqualTo("rw-------");
  }

  @Test
  void whatAnEarlierVersionMadeIsTakenFromOthers() throws Exception {
    Path file = Files.createFile(folder.resolve("lock"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    PrivateFiles.createFile(file);
    assertThat(mode(file)).isEqualTo("rw-------");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    PrivateFiles.takeFromOthers(folder);
    assertThat(mode(folder)).isEqualTo("rwx------");
  }

  @Test
  void aFileSystemWithoutModesIsWrittenToAsWell() throws Exception {
    URI archive = URI.create("jar:" + folder.resolve("files.zip").toUri());
    try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      assertThat(zip.supportedFileAttributeViews()).doesNotContain("posix");
      Path inside = zip.getPath("/day/alert");
      PrivateFiles.createDirectories(inside);
      PrivateFiles.createFile(inside.resolve("lock"));
      PrivateFiles.createFile(inside.resolve("lock"));
      PrivateFiles.takeFromOthers(inside);
      try (FileChannel channel = PrivateFiles.open(inside.resolve("clip.mp4"), CREATE, WRITE)) {
        channel.write(ByteBuffer.wrap("x".getBytes(UTF_8)));
      }
      assertThat(Files.readString(inside.resolve("clip.mp4"))).isEqualTo("x");
    }
  }
}
