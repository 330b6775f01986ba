package io.kydai.console;

import io.kydai.analytics.Alert;
import io.kydai.analytics.Frame;
import io.kydai.analytics.Observation;
import io.kydai.analytics.decode.DecodeException;
import io.kydai.analytics.file.FileAnalysis;
import io.kydai.analytics.file.FileSummary;
import io.kydai.analytics.file.MotWriter;
import io.kydai.analytics.file.SummaryJson;
import io.kydai.analytics.inference.StageTimes;
import io.kydai.analytics.plates.PlateSettings;
import io.kydai.console.config.CameraConfig;
import io.kydai.console.config.ConfigFile;
import io.kydai.console.config.KydaiConfig;
import io.kydai.console.config.Purpose;
import io.kydai.ingest.CameraId;
import io.kydai.models.DetectorCatalogue;
import io.kydai.models.DetectorModel;
import io.kydai.models.ModelException;
import io.kydai.streaming.annotation.AnnotatedVideoWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Runs the pipeline over a file, on media time. Results are written beside their final names, and
 * get these only when they are whole.
 */
@Command(
    name = "analyze",
    hidden = true,
    usageHelpWidth = 100,
    description = "Runs a camera's rules over a video file, as fast as the machine allows.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:analysed to the end",
      "1:the video, the detector or an output failed",
      "2:a wrong flag, configuration or camera"
    })
final class AnalyzeCommand implements Callable<Integer> {
  /** What the copy's bit rate is planned for; its times come from the frames. */
  private static final double PLANNED_FPS = 25;

  @Parameters(paramLabel = "VIDEO", description = "a file that libavformat can read")
  private Path video;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "the scene and its rules, as for the server; url may be left out")
  private Path config;

  @Option(
      names = "--camera",
      paramLabel = "ID",
      required = true,
      description = "which of its cameras")
  private String camera;

  @Option(names = "--mot", paramLabel = "OUT.txt", description = "tracks in MOT-Challenge format")
  private Optional<Path> mot = Optional.empty();

  @Option(names = "--alerts", paramLabel = "OUT.json", description = "alerts, in media seconds")
  private Optional<Path> alerts = Optional.empty();

  @Option(names = "--counts", paramLabel = "OUT.json", description = "counts of the lines")
  private Optional<Path> counts = Optional.empty();

  @Option(names = "--video", paramLabel = "OUT.mp4", description = "an annotated copy")
  private Optional<Path> copy = Optional.empty();

  @Option(names = "--help", usageHelp = true, description = "show this and end")
  private boolean help;

  @Override
  public Integer call() {
    if (!Files.isReadable(video) || Files.isDirectory(video)) {
      throw new StartException("The video " + video + " is not there or cannot be read.");
    }
    KydaiConfig read = ConfigFile.read(config, Purpose.ANALYSIS);
    CameraConfig analysed = camera(read);
    try (Outputs outputs = new Outputs();
        DetectorModel model = DetectorCatalogue.load(read.detector().detector())) {
      FileSummary summary = analyse(analysed, model, read.plates().analytics(), outputs);
      outputs.write(alerts, SummaryJson.alerts(summary));
      outputs.write(counts, SummaryJson.counts(summary));
      outputs.keep();
      System.err.printf(
          "%s: %d frames, %d alerts%s%n",
          video.getFileName(),
          summary.frames(),
          summary.alerts().size(),
          summary.damaged() > 0 ? ", " + summary.damaged() + " damaged packets" : "");
      return 0;
    } catch (DecodeException | ModelException e) {
      throw new StartException(e.getMessage(), e);
    } catch (UncheckedIOException | IOException e) {
      throw new StartException("An output cannot be written: " + e.getMessage(), e);
    }
  }

  private FileSummary analyse(
      CameraConfig analysed, DetectorModel model, Optional<PlateSettings> plates, Outputs outputs)
      throws IOException {
    try (ProgressBar progress = ProgressBar.onTerminal(video.getFileName().toString());
        Results results = new Results(outputs, analysed, model, progress)) {
      return FileAnalysis.run(video, analysed.analysis(), model, plates, results, StageTimes.NONE);
    }
  }

  private CameraConfig camera(KydaiConfig read) {
    return read.cameras().stream()
        .filter(known -> known.id().value().equals(camera))
        .findFirst()
        .orElseThrow(
            () ->
                new WrongFlagException(
                    "--camera: "
                        + config
                        + " has no camera '"
                        + camera
                        + "'; it has: "
                        + read.cameras().stream()
                            .map(CameraConfig::id)
                            .map(CameraId::value)
                            .collect(Collectors.joining(", "))));
  }

  /** Writes each frame's results as they come. */
  private final class Results implements FileAnalysis.Listener, AutoCloseable {
    private final Optional<BufferedWriter> motFile;
    private final Optional<MotWriter> motWriter;
    private final Optional<AnnotatedVideoWriter> copyWriter;
    private final ProgressBar progress;

    Results(Outputs outputs, CameraConfig camera, DetectorModel model, ProgressBar progress)
        throws IOException {
      this.progress = progress;
      motFile = mot.isPresent() ? Optional.of(outputs.open(mot.get())) : Optional.empty();
      motWriter = motFile.map(file -> new MotWriter(file, model.labels()));
      copyWriter =
          copy.isPresent()
              ? Optional.of(
                  new AnnotatedVideoWriter(
                      outputs.unfinished(copy.get()), camera.scene(), PLANNED_FPS))
              : Optional.empty();
    }

    @Override
    public void onFrame(long number, Frame frame, Observation observation, List<Alert> found) {
      try {
        if (motWriter.isPresent()) {
          motWriter.get().write(number, observation);
        }
        if (copyWriter.isPresent()) {
          copyWriter.get().write(frame, observation);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void onProgress(long done, OptionalLong total) {
      progress.show(done, total);
    }

    @Override
    public void close() throws IOException {
      if (motFile.isPresent()) {
        motFile.get().close();
      }
      if (copyWriter.isPresent()) {
        copyWriter.get().close();
      }
    }
  }
}
