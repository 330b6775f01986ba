package io.kydai.streaming.mp4;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.streaming.FfmpegTools;
import io.kydai.streaming.SampleVideo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The box is read by a reader of this test, written from the specification. */
class SurveillanceMetadataTest {
  private static final Instant START = Instant.parse("2026-11-28T12:08:30.250Z");
  private static final SurveillanceMetadata METADATA =
      new SurveillanceMetadata("Kydai 1", START.plusSeconds(86_400), "lan", "Cổng Lê Lợi", START);

  @TempDir Path folder;

  private static String type(DataInputStream in) throws IOException {
    return new String(in.readNBytes(4), UTF_8);
  }

  private static String string(DataInputStream in) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int one = in.read(); one != 0; one = in.read()) {
      text.write(one);
    }
    return text.toString(UTF_8);
  }

  @Test
  void theBoxesAreThoseOfTheSpecification() throws Exception {
    byte[] box = new byte[METADATA.box(2).remaining()];
    METADATA.box(2).get(box);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(box));
    assertThat(in.readInt()).isEqualTo(box.length);
    assertThat(type(in)).isEqualTo("meta");
    assertThat(in.readInt()).isZero();

    assertThat(in.readInt()).isEqualTo(33);
    assertThat(type(in)).isEqualTo("hdlr");
    assertThat(in.readLong()).isZero();
    assertThat(type(in)).isEqualTo("null");
    assertThat(in.readNBytes(13)).containsOnly(0);

    in.readInt();
    assertThat(type(in)).isEqualTo("suep");
    assertThat(in.readInt()).describedAs("version 1").isEqualTo(1 << 24);
    assertThat(string(in)).isEqualTo("Kydai 1");
    assertThat(string(in)).isEmpty();
    assertThat(string(in)).isEmpty();
    assertThat(in.readLong())
        .isEqualTo(START.plusSeconds(86_400).getEpochSecond() + 2_082_844_800L);
    assertThat(string(in)).isEqualTo("lan");
    assertThat(in.readInt()).isEqualTo(2);
    for (int track = 1; track <= 2; track++) {
      assertThat(in.readUnsignedShort()).isEqualTo(track);
      assertThat(string(in)).isEqualTo("Cổng Lê Lợi");
      assertThat(string(in) + string(in) + string(in)).isEmpty();
    }

    assertThat(in.readInt()).isEqualTo(24);
    assertThat(type(in)).isEqualTo("cstb");
    assertThat(in.readInt()).isEqualTo(1);
    assertThat(in.readInt()).isEqualTo(1);
    assertThat(in.readLong()).isEqualTo((START.toEpochMilli() + 11_644_473_600_000L) * 10_000);
    assertThat(in.read()).isNegative();
  }

  @Test
  void aTextOfAnyLengthAndContentStaysOne() {
    String long0 = "a\0b" + "😀".repeat(1_000);
    ByteBuffer box = new SurveillanceMetadata(long0, START, long0, long0, START).box(1);

    assertThat(box.remaining()).isLessThan(3 * (4 * 256 + 1) + 200);
  }

  @Test
  void aFileWithTheBoxesPlaysAsBefore() throws Exception {
    Path file = SampleVideo.encode(folder, 2, 1).file();
    Path with = Files.copy(file, folder.resolve("with.mp4"));
    byte[] box = new byte[METADATA.box(1).remaining()];
    METADATA.box(1).get(box);
    Files.write(with, box, StandardOpenOption.APPEND);

    assertThat(FfmpegTools.pictures(with)).isEqualTo(FfmpegTools.pictures(file));
    assertThat(FfmpegTools.presentationTimes(with)).isEqualTo(FfmpegTools.presentationTimes(file));
  }
}
