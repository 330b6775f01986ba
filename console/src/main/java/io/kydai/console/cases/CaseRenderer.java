package io.kydai.console.cases;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.kydai.analytics.decode.DecodeException;
import io.kydai.analytics.observation.Observation;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.evidence.PrivateFiles;
import io.kydai.streaming.export.ExportedVideo;
import io.kydai.streaming.export.RenderedVideo;
import io.kydai.streaming.export.Rendition;
import io.kydai.streaming.privacy.Redaction;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Encodes videos of cases anew, with boxes and clock drawn and what is private hidden: one after
 * the other, on the thread that makes cases. The files that it needs meanwhile lie beside the
 * archive.
 */
public final class CaseRenderer {
  private static final Duration AROUND = Duration.ofSeconds(1);

  /** More than one in this time is left out, so that those of hours have room in memory. */
  private static final Duration APART = Duration.ofMillis(150);

  private static final int MOST_OBSERVATIONS = 80_000;

  private final Observed observed;
  private final Redaction redaction;
  private final ZoneId zone;

  /** Where the observations of the last hours are read. */
  @FunctionalInterface
  public interface Observed {
    /** Reads a camera's observations from a moment on, in their order. */
    void read(CameraId camera, Instant since, Consumer<Observation> reader) throws IOException;
  }

  /**
   * @param redaction stays the caller's
   * @param zone in which times are written into pictures
   */
  public CaseRenderer(Observed observed, Redaction redaction, ZoneId zone) {
    this.observed = observed;
    this.redaction = redaction;
    this.zone = zone;
  }

  /** Returns what is drawn into a camera's pictures of a case. */
  Rendition rendition(ExportedCase one, ExportedCase.Camera camera) {
    return new Rendition(one.wish().boxes(), one.wish().clock(), zone, camera.hidden());
  }

  /** A file that was encoded anew, which whoever has it deletes. */
  record Made(Path file, long size, RenderedVideo.Rendered rendered) {}

  /**
   * Encodes a video anew.
   *
   * @param beside the archive's partial file
   * @throws IOException when a file cannot be read or written, or the job ends
   */
  Made render(
      ExportedVideo video,
      ExportedCase.Camera camera,
      Rendition rendition,
      Path beside,
      CaseJob job)
      throws IOException {
    Path source = beside.resolveSibling(beside.getFileName() + ".source.partial");
    Path target = beside.resolveSibling(beside.getFileName() + ".video.partial");
    boolean made = false;
    try {
      try (FileChannel out = PrivateFiles.open(source, CREATE, TRUNCATE_EXISTING, WRITE)) {
        video.write(out, bytes -> job.looked());
      }
      job.check();
      PrivateFiles.open(target, CREATE, TRUNCATE_EXISTING, WRITE).close();
      long[] told = {0};
      RenderedVideo.Rendered rendered =
          RenderedVideo.render(
              source,
              target,
              camera.id(),
              video.start(),
              rendition,
              rendition.boxes() ? observations(camera.id(), video) : List.of(),
              redaction,
              part -> {
                long now = (long) (part * video.size());
                job.written(Math.max(0, now - told[0]));
                told[0] = Math.max(told[0], now);
              });
      if (rendered.pictures() == 0) {
        throw new IOException(
            "no picture of a recording of camera " + camera.id() + " is readable");
      }
      long size = Files.size(target);
      job.written(Math.max(0, size - told[0]));
      made = true;
      return new Made(target, size, rendered);
    } catch (DecodeException e) {
      throw new IOException("a recording of camera " + camera.id() + " cannot be decoded", e);
    } finally {
      Files.deleteIfExists(source);
      if (!made) {
        Files.deleteIfExists(target);
      }
    }
  }

  private List<Observation> observations(CameraId camera, ExportedVideo video) throws IOException {
    List<Observation> kept = new ArrayList<>();
    Instant until = video.end().plus(AROUND);
    observed.read(
        camera,
        video.start().minus(AROUND),
        one -> {
          boolean early =
              kept.isEmpty()
                  || !one.wallClock().isBefore(kept.get(kept.size() - 1).wallClock().plus(APART));
          if (early && kept.size() < MOST_OBSERVATIONS && one.wallClock().isBefore(until)) {
            kept.add(one);
          }
        });
    return kept;
  }
}
