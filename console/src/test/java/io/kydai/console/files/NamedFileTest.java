package io.kydai.console.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NamedFileTest {
  @TempDir Path folder;

  @Test
  void a_pipe_is_not_waited_for() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> NamedFile.read(pipe, 10))
        .isInstanceOf(IOException.class)
        .hasMessage(pipe + " is not a regular file");
  }

  @Test
  void as_many_bytes_as_are_permitted_are_read_and_not_one_more() throws Exception {
    Path file = Files.write(folder.resolve("file"), new byte[10]);
    assertThat(NamedFile.read(file, 10)).hasSize(10);
    assertThatThrownBy(() -> NamedFile.read(file, 9)).hasMessageEndingWith("more than 9 bytes");
    assertThatThrownBy(() -> NamedFile.read(folder.resolve("none"), 9))
        .isInstanceOf(NoSuchFileException.class);
  }
}
