package io.kydai.streaming.export;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.streaming.FfmpegTools;
import io.kydai.streaming.SampleVideo;
import io.kydai.streaming.mp4.FragmentGroup;
import io.kydai.streaming.mp4.Fragments;
import io.kydai.streaming.mp4.MovieIndex;
import io.kydai.streaming.mp4.RecordedFile;
import io.kydai.streaming.mp4.RecordedFragment;
import io.kydai.streaming.proof.Sha256;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of more than 4 GiB, which are mostly holes on the disk, read by ffmpeg, unzip and Java. */
class LargeExportTest {
  /** Of a picture; ffmpeg takes none of 1 GiB. */
  private static final int HUGE = 940_000_000;

  private static final byte[] TEXT = "những lời ghi".getBytes(UTF_8);

  @TempDir Path folder;

  /** Five pictures of 940 MB each stand between two runs of real ones. */
  @Test
  void picturesBehindFourGigabytesAreFoundByTheir64BitOffsets() throws Exception {
    SampleVideo sample = SampleVideo.encode(folder, 2, 0);
    Path recorded = folder.resolve("recorded.mp4");
    RecordedFile read;
    try (FileChannel out =
        FileChannel.open(
            recorded,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      out.write(Fragments.initialisation(sample.units().get(0).parameters()));
      out.write(FragmentGroup.mux(1, sample.units().subList(0, 25), 0, 25 * 3600));
      out.write(FragmentGroup.mux(2, sample.units().subList(25, 50), 0, 50 * 3600));
      read = RecordedFile.read(out);
    }
    RecordedFragment first = read.fragments().get(0);
    RecordedFragment last = read.fragments().get(1);
    RecordedFragment.Samples huge =
        new RecordedFragment.Samples(
            new long[] {3600}, new int[] {HUGE}, new boolean[] {false}, new long[] {0});
    RecordedFragment hugeFragment =
        new RecordedFragment(0, 0, HUGE, 0, 0, SampleVideo.START, false, huge, null);
    List<MovieIndex.Run> runs = new ArrayList<>();
    runs.add(new MovieIndex.Run(first, 0, 0));
    for (int i = 0; i < 5; i++) {
      runs.add(new MovieIndex.Run(hugeFragment, (25 + i) * 3600L, 0));
    }
    runs.add(new MovieIndex.Run(last, 30 * 3600L, 0));
    ByteBuffer header = MovieIndex.header(read.initialisation(), SampleVideo.START, runs);
    assertThat(US_ASCII.decode(header.duplicate()).toString())
        .contains("co64")
        .doesNotContain("stco");

    Path file = folder.resolve("large.mp4");
    try (FileChannel in = FileChannel.open(recorded, StandardOpenOption.READ);
        FileChannel out = sparse(file)) {
      out.write(header);
      in.transferTo(first.mediaOffset(), first.end() - first.mediaOffset(), out);
      out.position(out.position() + 5L * HUGE);
      in.transferTo(last.mediaOffset(), last.end() - last.mediaOffset(), out);
      assertThat(out.size()).isGreaterThan(5L * HUGE);
    }
    assertThat(FfmpegTools.probe(file, "stream=nb_frames").trim()).isEqualTo("55");
    String seconds =
        "ffmpeg -v error -ss 1.2 -i " + file + " -map 0:v -fps_mode passthrough -f framemd5 -";
    List<String> behind =
        FfmpegTools.run(folder, seconds.split(" "))
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.substring(line.lastIndexOf(',') + 1).trim())
            .toList();
    assertThat(behind).isEqualTo(FfmpegTools.pictures(sample.file()).subList(25, 50));
  }

  private static FileChannel sparse(Path file) throws Exception {
    return FileChannel.open(
        file, StandardOpenOption.CREATE_NEW, StandardOpenOption.SPARSE, StandardOpenOption.WRITE);
  }

  /** Behind the first entry is a hole; the directory says where the next one is. */
  @Test
  void entriesBehindFourGigabytesAreFound() throws Exception {
    try (FileChannel out = sparse(folder.resolve("far.zip"))) {
      StoredZip zip = new StoredZip(out, SampleVideo.START);
      add(zip, "before.txt");
      out.position(5L * HUGE);
      add(zip, "behind.txt");
      zip.finish();
    }
    check(folder.resolve("far.zip"), List.of("before.txt", "behind.txt"));
  }

  /** As though four gigabytes began at 10 bytes, so that each field of ZIP64 is used. */
  @Test
  void entriesThatNeedAllFieldsOfZip64AreRead() throws Exception {
    try (FileChannel out = sparse(folder.resolve("large.zip"))) {
      StoredZip zip = new StoredZip(out, SampleVideo.START, 10);
      add(zip, "one.txt");
      zip.add("none.txt", 0, 4, body -> {});
      add(zip, "two.txt");
      zip.finish();
    }
    check(folder.resolve("large.zip"), List.of("one.txt", "none.txt", "two.txt"));
  }

  @Test
  void anEntryOfAnotherLengthThanWasSaidIsRefusedAndDigestsAreOfItsBytes() throws Exception {
    try (FileChannel out = sparse(folder.resolve("refused.zip"))) {
      StoredZip zip = new StoredZip(out, SampleVideo.START);
      assertThatThrownBy(() -> zip.add("a", 3, 4, body -> body.write(ByteBuffer.wrap(TEXT))))
          .hasMessageContaining("instead of 3");
    }
    try (FileChannel out = sparse(folder.resolve("digests.zip"))) {
      StoredZip.Written written = add(new StoredZip(out, SampleVideo.START), "a");
      assertThat(written.sha256()).isEqualTo(Sha256.hex(TEXT));
      assertThat(written.blocks())
          .hasSize((TEXT.length + 3) / 4)
          .startsWith(Sha256.hex(Arrays.copyOf(TEXT, 4)));
    }
  }

  private static StoredZip.Written add(StoredZip zip, String name) throws Exception {
    return zip.add(name, TEXT.length, 4, body -> body.write(ByteBuffer.wrap(TEXT)));
  }

  private static void check(Path file, List<String> names) throws Exception {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName)).containsExactlyElementsOf(names);
      for (String name : names) {
        byte[] content = zip.getInputStream(zip.getEntry(name)).readAllBytes();
        assertThat(content).isEqualTo(name.equals("none.txt") ? new byte[0] : TEXT);
      }
    }
    String python =
        "import zipfile, sys; z = zipfile.ZipFile(sys.argv[1]);"
            + " print([i.filename for i in z.infolist()], z.testzip())";
    Process process =
        new ProcessBuilder("python3", "-c", python, file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said.strip())
        .isEqualTo(names.stream().collect(Collectors.joining("', '", "['", "'] None")));
  }
}
