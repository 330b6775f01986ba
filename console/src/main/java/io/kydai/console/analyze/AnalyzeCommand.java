package io.kydai.console.analyze;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.decode.DecodeException;
import io.kydai.analytics.file.FileAnalysis;
import io.kydai.analytics.file.FileSummary;
import io.kydai.analytics.file.MotWriter;
import io.kydai.analytics.file.SummaryJson;
import io.kydai.analytics.flow.FlowGrid;
import io.kydai.analytics.flow.FlowMap;
import io.kydai.analytics.flow.Quantity;
import io.kydai.analytics.flow.RoadUser;
import io.kydai.analytics.flow.Suggestions;
import io.kydai.analytics.inference.StageTimes;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.plates.PlateSettings;
import io.kydai.console.config.ConfigFile;
import io.kydai.console.config.KydaiConfig;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.Purpose;
import io.kydai.console.config.camera.SuggestionsJson;
import io.kydai.console.node.StartException;
import io.kydai.console.node.WrongFlagException;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.DetectorCatalogue;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.ModelException;
import io.kydai.streaming.annotation.AnnotatedVideoWriter;
import io.kydai.streaming.annotation.HeatMap;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The command that runs the analysis pipeline over a video file, on the file's media time. Outputs
 * are written to temporary files in the same folders, and renamed when all of them are complete.
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
      "2:a wrong option, configuration or camera"
    })
public final class AnalyzeCommand implements Callable<Integer> {
  /** The frame rate for which the copy's bit rate is chosen; its times come from the frames. */
  private static final double COPY_FPS = 25;

  /** Every so many frames the heat map's background is replaced, as the last one is not known. */
  private static final int BACKGROUND_INTERVAL = 50;

  @Parameters(paramLabel = "VIDEO", description = "a file that libavformat can read")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path video;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "a configuration file with the scene and its rules; url may be omitted")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path config;

  @Option(
      names = "--camera",
      paramLabel = "ID",
      required = true,
      description = "the camera whose rules are used")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String camera;

  @Option(names = "--mot", paramLabel = "OUT.txt", description = "tracks in MOT-Challenge format")
  private @Nullable Path mot;

  @Option(
      names = "--alerts",
      paramLabel = "OUT.json",
      description = "alerts, with times in seconds of the video")
  private @Nullable Path alerts;

  @Option(names = "--counts", paramLabel = "OUT.json", description = "counts of line crossings")
  private @Nullable Path counts;

  @Option(names = "--video", paramLabel = "OUT.mp4", description = "an annotated copy")
  private @Nullable Path copy;

  @Option(
      names = "--heat-map",
      paramLabel = "OUT.png",
      description = "a map of movements with the suggested lanes")
  private @Nullable Path heatMap;

  @Option(
      names = "--lanes",
      paramLabel = "OUT.json",
      description = "the suggested lanes, with the keys of the configuration")
  private @Nullable Path lanes;

  @Option(
      names = "--lanes-from",
      paramLabel = "TRACKS",
      description = "the number of tracks that suggestions need (default: ${DEFAULT-VALUE})",
      defaultValue = "" + Suggestions.LEAST_TRACKS)
  private int laneTracks;

  @Option(names = "--help", usageHelp = true, description = "show this help and exit")
  private boolean help;

  @Override
  public Integer call() {
    if (!Files.isReadable(video) || Files.isDirectory(video)) {
      throw new StartException("The video " + video + " does not exist or cannot be read.");
    }
    KydaiConfig read = ConfigFile.read(config, Purpose.ANALYSIS);
    CameraConfig analysed = camera(read);
    try (Outputs outputs = new Outputs();
        DetectorModel model = DetectorCatalogue.load(read.detector().detector())) {
      FlowMap flow = new FlowMap();
      FileSummary summary =
          analyse(analysed, model, read.plates().analytics().orElse(null), outputs, flow);
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
      throw new StartException(String.valueOf(e.getMessage()), e);
    } catch (UncheckedIOException | IOException e) {
      throw new StartException("An output cannot be written: " + e.getMessage(), e);
    }
  }

  private FileSummary analyse(
      CameraConfig analysed,
      DetectorModel model,
      @Nullable PlateSettings plates,
      Outputs outputs,
      FlowMap flow)
      throws IOException {
    try (ProgressBar progress = ProgressBar.onTerminal(video.getFileName().toString());
        HeatMap picture = new HeatMap();
        Results results = new Results(outputs, analysed, model, progress, flow, picture)) {
      FileSummary summary =
          FileAnalysis.run(video, analysed.analysis(), model, plates, results, StageTimes.NONE);
      FlowGrid grid = flow.read();
      Suggestions suggestions = Suggestions.of(grid, analysed.scene(), laneTracks);
      outputs.write(lanes, SuggestionsJson.of(suggestions).text() + "\n");
      if (heatMap != null) {
        Set<RoadUser> everybody = EnumSet.allOf(RoadUser.class);
        Files.write(
            outputs.unfinished(heatMap),
            picture.png(grid, Quantity.PASSES, everybody, suggestions.lanes()));
      }
      return summary;
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

  /** Writes the results of each frame. */
  private final class Results implements FileAnalysis.Listener, AutoCloseable {
    private final @Nullable BufferedWriter motFile;
    private final @Nullable MotWriter motWriter;
    private final @Nullable AnnotatedVideoWriter copyWriter;
    private final ProgressBar progress;
    private final FlowMap flow;
    private final HeatMap picture;

    Results(
        Outputs outputs,
        CameraConfig camera,
        DetectorModel model,
        ProgressBar progress,
        FlowMap flow,
        HeatMap picture)
        throws IOException {
      this.progress = progress;
      this.flow = flow;
      this.picture = picture;
      motFile = mot == null ? null : outputs.open(mot);
      motWriter = motFile == null ? null : new MotWriter(motFile, model.labels());
      copyWriter =
          copy == null
              ? null
              : new AnnotatedVideoWriter(outputs.unfinished(copy), camera.scene(), COPY_FPS);
    }

    @Override
    public void onFrame(long number, Frame frame, Observation observation, List<Alert> found) {
      flow.onObservation(observation);
      if (heatMap != null && number % BACKGROUND_INTERVAL == 1) {
        picture.over(frame);
      }
      try {
        if (motWriter != null) {
          motWriter.write(number, observation);
        }
        if (copyWriter != null) {
          copyWriter.write(frame, observation);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void onProgress(long done, @Nullable Long total) {
      progress.show(done, total);
    }

    @Override
    public void close() throws IOException {
      if (motFile != null) {
        motFile.close();
      }
      if (copyWriter != null) {
        copyWriter.close();
      }
    }
  }
}
