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
 * The file in which steps that the report queue could not write are stored from the end of a node
 * to its next start. It is used by one thread at a time.
 *
 * <p>A full disk is the most likely reason why steps wait. Therefore space is reserved at the
 * start: the file holds {@value #RESERVED} bytes of line feeds, which the steps overwrite, each as
 * one line of JSON. (A copy-on-write file system may nevertheless have no space.) The file grows as
 * needed up to {@value #MAX_BYTES} bytes. A step that cannot be stored is named in the log.
 */
final class IntakeJournal {
  static final int RESERVED = 4 * 1024 * 1024;
  static final int MAX_BYTES = 64 * 1024 * 1024;

  private static final int CHUNK = 64 * 1024;
  private static final Logger LOG = LoggerFactory.getLogger(IntakeJournal.class);
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addMixIn(AlertId.class, TextId.class)
          .addMixIn(RuleId.class, TextId.class)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** The JSON form of an id, which is its text. */
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

  /**
   * Returns the steps that an earlier process stored, in their order. A line that cannot be parsed,
   * such as one that a crash truncated, is skipped and logged.
   *
   * @throws IOException when the file cannot be read or is larger than {@value #MAX_BYTES} bytes
   */
  List<IntakeStep> read() throws IOException {
    List<IntakeStep> steps = new ArrayList<>();
    if (Files.notExists(file)) {
      return steps;
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " has more than " + MAX_BYTES + " bytes");
    }
    try (BufferedReader lines = Files.newBufferedReader(file, UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isEmpty()) {
          try {
            steps.add(JSON.readValue(line, IntakeStep.class));
          } catch (JsonProcessingException e) {
            LOG.error("{}: a stored step of an alert cannot be parsed and is skipped", file);
          }
        }
      }
    }
    return steps;
  }

  /** Empties the file and reserves its space on the disk. */
  void reserve() throws IOException {
    try (FileChannel channel = PrivateFiles.open(file, CREATE, WRITE)) {
      blank(channel, 0);
      channel.truncate(RESERVED);
      channel.force(true);
    }
  }

  /**
   * Replaces the content of the file by steps.
   *
   * @return the number of steps that were written, counted from the first
   */
  int write(List<IntakeStep> steps) {
    int written = 0;
    try (FileChannel channel = PrivateFiles.open(file, CREATE, WRITE)) {
      for (IntakeStep step : steps) {
        byte[] line = (JSON.writeValueAsString(step) + "\n").getBytes(UTF_8);
        if (channel.position() + line.length > MAX_BYTES) {
          throw new IOException("the waiting steps need more than " + MAX_BYTES + " bytes");
        }
        writeAll(channel, ByteBuffer.wrap(line));
        written++;
      }
      blank(channel, channel.position());
      channel.force(true);
    } catch (IOException e) {
      LOG.error("{}: not all waiting steps can be stored", file, e);
    }
    return written;
  }

  /** Overwrites the reserved space from a position on with line feeds. */
  private static void blank(FileChannel channel, long from) throws IOException {
    byte[] feeds = new byte[CHUNK];
    Arrays.fill(feeds, (byte) '\n');
    channel.position(from);
    for (long left = RESERVED - from; left > 0; left -= CHUNK) {
      writeAll(channel, ByteBuffer.wrap(feeds, 0, (int) Math.min(CHUNK, left)));
    }
  }

  private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
