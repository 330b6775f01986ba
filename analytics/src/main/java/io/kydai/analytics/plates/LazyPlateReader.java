package io.kydai.analytics.plates;

import io.kydai.models.detection.ModelException;
import io.kydai.models.plates.PlateModel;
import io.kydai.models.plates.PlateReader;
import io.kydai.models.plates.PlateReading;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A reader that is made when it is first needed. Where that fails it is said once, and every
 * reading fails until the process starts anew: the rest of the node goes on without plates. One
 * thread at a time.
 */
final class LazyPlateReader implements PlateReader {
  private static final Logger LOG = LoggerFactory.getLogger(LazyPlateReader.class);

  private final Supplier<PlateReader> readers;
  private @Nullable PlateReader made;
  private boolean failed;

  LazyPlateReader(Supplier<PlateReader> readers) {
    this.readers = readers;
  }

  /** The networks that the project carries; closing the reader closes them. */
  static PlateReader load() {
    PlateModel model = PlateModel.load();
    try {
      PlateReader reader = model.newReader();
      return new PlateReader() {
        @Override
        public List<PlateReading> read(ByteBuffer pixels, int width, int height) {
          return reader.read(pixels, width, height);
        }

        @Override
        public void close() {
          reader.close();
          model.close();
        }
      };
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /** Makes the reader, unless that was tried before. */
  void prepare() {
    if (made == null && !failed) {
      try {
        made = readers.get();
        LOG.info("the networks that read plates are loaded");
      } catch (RuntimeException | LinkageError e) {
        failed = true; // It would be the same with the next plate of every camera.
        LOG.error("no plates are read: {}", e.getMessage(), e);
      }
    }
  }

  @Override
  public List<PlateReading> read(ByteBuffer pixels, int width, int height) {
    prepare();
    PlateReader reader = made;
    if (reader == null) {
      throw new ModelException("the networks are not loaded");
    }
    return reader.read(pixels, width, height);
  }

  @Override
  public void close() {
    PlateReader reader = made;
    if (reader != null) {
      reader.close();
    }
    made = null;
  }
}
