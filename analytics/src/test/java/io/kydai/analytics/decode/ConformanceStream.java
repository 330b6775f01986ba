package io.kydai.analytics.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An H.264 conformance stream and what comes out of it.
 *
 * @param frames how many pictures it has
 * @param sha1 of all pictures' planes, in the order in which they are shown
 */
record ConformanceStream(Path file, int frames, String sha1) {

  /** All 37; skips the calling test where they are missing. */
  static List<ConformanceStream> all() throws IOException {
    Path folder = SharedData.assumeThere("h264-conformance");
    List<ConformanceStream> streams =
        Files.readAllLines(folder.resolve("EXPECTED.tsv")).stream()
            .skip(1)
            .map(row -> row.split("\t"))
            .map(row -> new ConformanceStream(folder.resolve(row[0]), frames(row), row[1]))
            .toList();
    assertThat(streams).hasSize(37);
    return streams;
  }

  private static int frames(String[] row) {
    return Integer.parseInt(row[5]);
  }

  String name() {
    return file.getFileName().toString();
  }

  /** What {@link Pictures#toString} should say. */
  String expected() {
    return frames + " " + sha1;
  }
}
