package io.kydai.console.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.RuleId;
import io.kydai.streaming.evidence.PrivateFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps on the disk, from the end of a node to its next start, what the report queue could not take
 * in. One thread at a time.
 *
 * <p>A full disk is the likeliest reason why something waits, so the file's room is taken at the
 * start: {@value #RESERVED} bytes of line feeds, over which the steps are written, one line of JSON
 * each. (A file system that copies on write may refuse nevertheless.) What needs more is written as
 * far as the disk takes it, up to {@value #MAX_BYTES} bytes. A step that cannot be kept is named in
 * the log.
 */
final class IntakeJournal {
  static final int RESERVED = 4 * 1024 * 1024;
  static final int MAX_BYTES = 64 * 1024 * 1024;

  private static final int PIECE = 64 * 1024;
  private static final Logger LOG = LoggerFactory.getLogger(IntakeJournal.class);
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addMixIn(AlertId.class, TextId.class)
          .addMixIn(RuleId.class, TextId.class)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** An id is written as its text. */
  private abstract static class TextId {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    TextId(String value) {}

    @JsonValue
    abstract String value();
  }

  private final Path file;

  IntakeJournal(Path file) {
    this.file = file;
  }

  /** What an earlier process kept, in its order. A line that a crash cut short is left out. */
  List<IntakeStep> read() throws IOException {
    List<IntakeStep> steps = new ArrayList<>();
    if (Files.notExists(file)) {
      return steps;
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " is larger than a node writes it");
    }
    try (BufferedReader lines = Files.newBufferedReader(file, UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isEmpty()) {
          try {
            steps.add(JSON.readValue(line, IntakeStep.class));
          } catch (JsonProcessingException e) {
            LOG.error("{}: a step of an alert cannot be read and is left out", file);
          }
        }
      }
    }
    return steps;
  }

  /** Empties the file, and takes its room on the disk. */
  void reserve() throws IOException {
    try (FileChannel channel = PrivateFiles.open(file, CREATE, WRITE)) {
      blank(channel, 0);
      channel.truncate(RESERVED);
      channel.force(true);
    }
  }

  /**
   * Writes steps in place of all that is in the file.
   *
   * @return how many of them are on the disk, from the first on
   */
  int write(List<IntakeStep> steps) {
    int written = 0;
    try (FileChannel channel = PrivateFiles.open(file, CREATE, WRITE)) {
      for (IntakeStep step : steps) {
        byte[] line = (JSON.writeValueAsString(step) + "\n").getBytes(UTF_8);
        if (channel.position() + line.length > MAX_BYTES) {
          throw new IOException("more than " + MAX_BYTES + " bytes wait");
        }
        writeAll(channel, ByteBuffer.wrap(line));
        written++;
      }
      blank(channel, channel.position());
      channel.force(true);
    } catch (IOException e) {
      LOG.error("{} cannot keep all that waits", file, e);
    }
    return written;
  }

  /** Fills what follows a position with line feeds, up to what is reserved. */
  private static void blank(FileChannel channel, long from) throws IOException {
    byte[] feeds = new byte[PIECE];
    Arrays.fill(feeds, (byte) '\n');
    channel.position(from);
    for (long left = RESERVED - from; left > 0; left -= PIECE) {
      writeAll(channel, ByteBuffer.wrap(feeds, 0, (int) Math.min(PIECE, left)));
    }
  }

  private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
