package io.kydai.models.unpack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedFilesTest {
  @TempDir Path temporary;

  private Path folder() {
    return temporary.resolve("unpacked");
  }

  private URL inJar(String jar, String entry, String content) throws IOException {
    Path file = temporary.resolve(jar);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file))) {
      out.putNextEntry(new JarEntry(entry));
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return URI.create("jar:" + file.toUri() + "!/" + entry).toURL();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder())) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder().relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void isUnpackedOnceUnderItsVersionForItsOwnerOnly() throws IOException {
    URL library = inJar("a.jar", "native/libx.so", "machine code");
    Path unpacked = UnpackedFiles.in(folder(), true).unpack("x", "1.2", List.of(library));
    Path file = unpacked.resolve("libx.so");
    FileTime longAgo = FileTime.from(Instant.EPOCH);
    Files.setLastModifiedTime(file, longAgo);

    UnpackedFiles.in(folder(), true).unpack("x", "1.2", List.of(library));

    assertThat(files()).containsExactly("x-1.2/libx.so");
    assertThat(Files.getLastModifiedTime(file)).as("not written again").isEqualTo(longAgo);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void halfAFileIsReplaced() throws IOException {
    URL library = inJar("a.jar", "libx.so", "machine code");
    Path unpacked = UnpackedFiles.in(folder(), true).unpack("x", "1", List.of(library));
    Files.writeString(unpacked.resolve("libx.so"), "mach");

    UnpackedFiles.in(folder(), true).unpack("x", "1", List.of(library));

    assertThat(unpacked.resolve("libx.so")).hasContent("machine code");
  }

  @Test
  void aFolderOfOneProcessIsRidOfHalvesAndOfOtherVersions() throws IOException {
    UnpackedFiles before = UnpackedFiles.in(folder(), true);
    before.unpack("x", "1", List.of(inJar("a.jar", "libx.so", "old")));
    before.unpack("x-y", "1", List.of(inJar("b.jar", "libxy.so", "of another name")));
    Files.writeString(folder().resolve("x-1/libx.so.0.part"), "half");

    UnpackedFiles.in(folder(), true).unpack("x", "2", List.of(inJar("c.jar", "libx.so", "new")));

    assertThat(files()).containsExactly("x-2/libx.so", "x-y-1/libxy.so");
  }

  @Test
  void aSharedFolderKeepsWhatAnotherProcessMayUse() throws IOException {
    UnpackedFiles shared = UnpackedFiles.in(folder(), false);
    shared.unpack("x", "1", List.of(inJar("a.jar", "libx.so", "old")));
    Files.writeString(folder().resolve("x-1/being-written.part"), "half");
    Path left = Files.writeString(folder().resolve("x-1/left.part"), "half");
    Files.setLastModifiedTime(left, FileTime.from(Instant.EPOCH));

    UnpackedFiles.in(folder(), false).unpack("x", "2", List.of(inJar("b.jar", "libx.so", "new")));

    assertThat(files()).containsExactly("x-1/being-written.part", "x-1/libx.so", "x-2/libx.so");
  }

  @Test
  void aFileThatLiesOnDiskIsUsedWhereItLies() throws IOException {
    Path file = Files.writeString(temporary.resolve("a net.onnx"), "graph");

    assertThat(UnpackedFiles.in(folder(), true).file(file.toUri().toURL())).isEqualTo(file);
    assertThat(files()).isEmpty();
  }

  @Test
  void whatHasNoVersionIsKeptUnderItsChecksum() throws IOException {
    URL graph = inJar("a.jar", "nets/net.onnx", "graph");

    Path file = UnpackedFiles.in(folder(), true).file(graph);

    assertThat(file).hasContent("graph");
    assertThat(files()).singleElement().asString().matches("net-[0-9a-f]{8}/net\\.onnx");
  }
}
