package io.kydai.analytics.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kydai.analytics.decode.DecodedFrame;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that say how their pictures are to be shown, compared with what ffmpeg shows. */
class TurnedFileTest {
  @TempDir Path folder;

  @BeforeEach
  void aFile() throws Exception {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "ffmpeg"))),
        "ffmpeg is missing");
    ffmpeg("-f lavfi -i testsrc2=s=320x176:d=0.2:r=10 -pix_fmt yuv420p -c:v libx264 stored.mp4");
  }

  @ParameterizedTest(name = "{0} {1} {2} {3}")
  @CsvSource({
    "1, 0, 0, 1",
    "0, 1, -1, 0",
    "-1, 0, 0, -1",
    "0, -1, 1, 0",
    "-1, 0, 0, 1",
    "1, 0, 0, -1",
    "0, 1, 1, 0",
    "0, -1, -1, 0",
  })
  void aPictureIsAsAPlayerShowsIt(int a, int b, int c, int d) throws Exception {
    Files.write(folder.resolve("turned.mp4"), turned(a, b, c, d));
    ffmpeg("-i turned.mp4 -frames:v 1 -f rawvideo shown.yuv");
    byte[] shown = Files.readAllBytes(folder.resolve("shown.yuv"));
    try (VideoFile file = VideoFile.open(folder.resolve("turned.mp4"));
        DecodedFrame frame = file.next().orElseThrow()) {
      assertThat(frame.width()).isEqualTo(a == 0 ? 176 : 320);
      assertThat(frame.height()).isEqualTo(a == 0 ? 320 : 176);
      byte[] grey = new byte[frame.width() * frame.height()];
      BytePointer data = frame.picture().data(0);
      for (int row = 0; row < frame.height(); row++) {
        data.position((long) row * frame.picture().linesize(0))
            .get(grey, row * frame.width(), frame.width());
      }
      assertThat(grey).isEqualTo(Arrays.copyOf(shown, grey.length));
    }
  }

  @Test
  void pixelsThatTheFileSaysAreNotSquareAreShownSo() throws Exception {
    ffmpeg("-i stored.mp4 -c copy -aspect 4:3 wide.mp4");
    try (VideoFile file = VideoFile.open(folder.resolve("wide.mp4"));
        DecodedFrame frame = file.next().orElseThrow()) {
      assertThat(frame.displayWidth()).isEqualTo(320);
      assertThat(frame.displayHeight()).isEqualTo(240);
    }
  }

  /** The stored file with another matrix in its track's header (ISO/IEC 14496-12, 8.3.2). */
  private byte[] turned(int a, int b, int c, int d) throws Exception {
    byte[] file = Files.readAllBytes(folder.resolve("stored.mp4"));
    int header = new String(file, StandardCharsets.ISO_8859_1).indexOf("tkhd");
    ByteBuffer matrix = ByteBuffer.wrap(file).position(header + 44).slice();
    assertThat(matrix.getInt(32)).isEqualTo(1 << 30);
    int one = 1 << 16;
    matrix.putInt(0, a * one).putInt(4, b * one).putInt(12, c * one).putInt(16, d * one);
    return file;
  }

  private void ffmpeg(String arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y"));
    command.addAll(List.of(arguments.split(" ")));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("ffmpeg.log").toFile())
            .start();
    assertThat(process.waitFor()).as(arguments).isZero();
  }
}
