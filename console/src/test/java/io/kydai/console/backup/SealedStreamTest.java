package io.kydai.console.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SealedStreamTest {
  private static final char[] PASSPHRASE = "một mật khẩu dài".toCharArray();
  private static final int SEALED = BackupKey.CHUNK + BackupKey.TAG;
  private static final BackupKey KEY = BackupKey.create(PASSPHRASE);
  private static final int HEADER = KEY.header().length;

  private static byte[] sealed(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (SealedOutput sealed = new SealedOutput(out, KEY)) {
      sealed.write(content, 0, content.length / 2);
      sealed.write(content, content.length / 2, content.length - content.length / 2);
    }
    return out.toByteArray();
  }

  private static byte[] opened(byte[] file) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(file, HEADER, file.length - HEADER);
    try (SealedInput sealed = new SealedInput(in, KEY)) {
      return sealed.readAllBytes();
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @Test
  void everyLengthComesBack() throws IOException {
    for (int length :
        new int[] {0, 1, BackupKey.CHUNK - 1, BackupKey.CHUNK, BackupKey.CHUNK + 1, 200_000}) {
      byte[] content = random(length);
      assertThat(opened(sealed(content))).as("%d bytes", length).isEqualTo(content);
    }
  }

  @Test
  void whatWasChangedCutOrExchangedIsRefused() throws IOException {
    byte[] file = sealed(random(3 * BackupKey.CHUNK));
    for (int at : new int[] {HEADER, HEADER + SEALED + 5, file.length - 1}) {
      byte[] changed = file.clone();
      changed[at] ^= 1;
      assertThatThrownBy(() -> opened(changed)).isInstanceOf(CopyException.class);
    }
    for (int length : new int[] {HEADER, HEADER + 7, HEADER + SEALED, HEADER + 2 * SEALED}) {
      assertThatThrownBy(() -> opened(Arrays.copyOf(file, length)))
          .as("cut after %d bytes", length)
          .isInstanceOf(CopyException.class);
    }
    byte[] exchanged = file.clone();
    System.arraycopy(file, HEADER, exchanged, HEADER + SEALED, SEALED);
    System.arraycopy(file, HEADER + SEALED, exchanged, HEADER, SEALED);
    assertThatThrownBy(() -> opened(exchanged)).isInstanceOf(CopyException.class);
    assertThatThrownBy(() -> opened(Arrays.copyOf(file, file.length + SEALED)))
        .isInstanceOf(CopyException.class);
  }

  @Test
  void theKeyComesFromThePassphraseAndTheHeader() throws IOException {
    byte[] file = sealed(random(100));
    ByteArrayInputStream in = new ByteArrayInputStream(file);
    BackupKey read = BackupKey.read(in, PASSPHRASE);
    assertThat(new SealedInput(in, read).readAllBytes()).isEqualTo(random(100));
    ByteArrayInputStream again = new ByteArrayInputStream(file);
    BackupKey wrong = BackupKey.read(again, "ein anderes Wort".toCharArray());
    assertThatThrownBy(() -> new SealedInput(again, wrong).readAllBytes())
        .isInstanceOf(CopyException.class)
        .hasMessageContaining("the passphrase is wrong");
  }

  @Test
  void aHeaderThatAsksForTooMuchOrIsNoneIsRefused() {
    byte[] header = KEY.header();
    header[8] = 0x7f;
    assertThatThrownBy(() -> BackupKey.read(new ByteArrayInputStream(header), PASSPHRASE))
        .hasMessageContaining("header of the backup is damaged");
    assertThatThrownBy(() -> BackupKey.read(new ByteArrayInputStream(new byte[100]), PASSPHRASE))
        .hasMessageContaining("no backup of Kydai");
    assertThatThrownBy(() -> BackupKey.read(new ByteArrayInputStream(new byte[3]), PASSPHRASE))
        .hasMessageContaining("no backup of Kydai");
  }
}
