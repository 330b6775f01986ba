package io.kydai.analytics.events;

import io.kydai.ingest.SharedData;
import io.kydai.models.DetectorCatalogue;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.DetectorSettings;
import io.kydai.models.detection.Device;
import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the network sees on each clip, kept in a folder: a file for each clip, condition, network,
 * precision and stride, made when it is first asked for, and one of where a shaking camera's view
 * was. Nothing is ever removed; the folder is scratch.
 */
final class RecordingCache implements AutoCloseable {
  private final Path folder;
  private final String network;
  private final @Nullable InputSize input;
  private final Precision precision;
  private final boolean stretched;
  private final boolean steadied;
  private Optional<DetectorModel> model = Optional.empty();

  RecordingCache(
      Path folder,
      String network,
      @Nullable InputSize input,
      Precision precision,
      boolean stretched,
      boolean steadied)
      throws IOException {
    this.stretched = stretched;
    this.steadied = steadied;
    this.folder = Files.createDirectories(folder);
    this.network = network;
    this.input = input;
    this.precision = precision;
  }

  /**
   * Every n-th picture of a labelled clip.
   *
   * @throws IOException when the degraded clip cannot be made or the folder not be written
   */
  Recording of(String id, Labels labels, int every, Optional<Degraded> degraded)
      throws IOException {
    Path clip = SharedData.assumeThere(labels.clip());
    return of(
        id,
        labels,
        every,
        degraded.map(Degraded::word).orElse("clean"),
        degraded.isPresent() ? () -> degraded.get().of(clip, folder) : () -> clip);
  }

  /**
   * Every n-th picture of a labelled clip that was encoded otherwise.
   *
   * @throws IOException when the clip cannot be made or the folder not be written
   */
  Recording of(String id, Labels labels, int every, Encoding encoding) throws IOException {
    Path clip = SharedData.assumeThere(labels.clip());
    return of(id, labels, every, "as-" + encoding.word(), () -> encoding.of(id, clip, folder));
  }

  /** Finds the file of a clip, or makes it. */
  private interface Clip {
    Path file() throws IOException;
  }

  private Recording of(String id, Labels labels, int every, String as, Clip clip)
      throws IOException {
    String condition = as + (stretched ? "" : "-plain");
    Path kept = folder.resolve(name(id, condition, every));
    if (!Files.exists(kept)) {
      Optional<Path> finer = finer(id, condition, every);
      Recording recording =
          finer.isPresent()
              ? Recording.read(finer.get()).every(2)
              : Recording.of(clip.file(), model(), stretched, every, labels.from(), labels.until());
      Path unfinished = folder.resolve(kept.getFileName() + ".part");
      recording.write(unfinished);
      Files.move(unfinished, kept, StandardCopyOption.REPLACE_EXISTING);
    }
    Recording seen = Recording.read(kept);
    if (steadied) {
      Path views =
          folder.resolve(String.format(Locale.ROOT, "%s-%s-%d.view", id, condition, every));
      if (!Files.exists(views)) {
        Views.of(clip.file(), seen).write(views);
      }
      seen = Views.read(views).steady(seen);
    }
    return seen.until(labels.until());
  }

  private Optional<Path> finer(String id, String condition, int every) {
    return every % 2 == 0
        ? Optional.of(folder.resolve(name(id, condition, every / 2))).filter(Files::exists)
        : Optional.empty();
  }

  private String name(String id, String condition, int every) {
    String size = input == null ? network : network + "-" + input;
    return String.format(Locale.ROOT, "%s-%s-%s-%s-%d.txt", id, condition, size, precision, every);
  }

  private DetectorModel model() {
    if (model.isEmpty()) {
      model =
          Optional.of(
              DetectorCatalogue.load(
                  new DetectorSettings(network, input, Device.CPU, precision, 0.1f, 2)));
    }
    return model.get();
  }

  @Override
  public void close() {
    model.ifPresent(DetectorModel::close);
  }
}
