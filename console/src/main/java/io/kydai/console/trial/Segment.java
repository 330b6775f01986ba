package io.kydai.console.trial;

import io.kydai.analytics.observation.Observation;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.evidence.PrivateFiles;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * A file with some minutes of a camera's observations, compressed. Its name is the time of its
 * first observation in milliseconds since 1970. A file that a crash cut off is read up to there.
 */
final class Segment implements AutoCloseable {
  static final String SUFFIX = ".obs";
  private static final int BUFFER = 16 * 1024;

  private final Path file;
  private final Instant start;
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
  private final OutputStream counted;
  private final DataOutputStream out;
  private Instant flushed;

  private Segment(Path file, Instant start, OutputStream sink) {
    this.file = file;
    this.start = start;
    flushed = start;
    counted = sink;
    out =
        new DataOutputStream(
            new BufferedOutputStream(
                new DeflaterOutputStream(sink, deflater, BUFFER, true), BUFFER));
  }

  static Segment create(Path folder, Instant start) throws IOException {
    PrivateFiles.createDirectories(folder);
    Path file = folder.resolve(start.toEpochMilli() + SUFFIX);
    OutputStream sink =
        Channels.newOutputStream(
            PrivateFiles.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING));
    return new Segment(file, start, sink);
  }

  Path file() {
    return file;
  }

  Instant start() {
    return start;
  }

  void add(Observation observation) throws IOException {
    ObservationRecord.write(observation, out);
    if (observation.wallClock().isAfter(flushed.plusSeconds(5))) {
      flush();
      flushed = observation.wallClock();
    }
  }

  /** Writes what is in memory to the file, so that it can be read. */
  void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } finally {
      deflater.end();
      counted.close();
    }
  }

  /** Reads a file up to its end, or to where it was cut off. */
  static void read(Path file, CameraId camera, Consumer<Observation> reader) throws IOException {
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(new InflaterInputStream(Files.newInputStream(file)), BUFFER))) {
      while (true) {
        reader.accept(ObservationRecord.read(camera, in));
      }
    } catch (EOFException e) {
      // The end of the file, which may be within a record while the file is written.
      return;
    }
  }
}
