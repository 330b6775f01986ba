package io.kydai.ingest.camera;

import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.rtp.JpegSize;
import io.kydai.ingest.rtp.Picture;
import java.util.Optional;
import java.util.OptionalInt;

/** The parameters of motion JPEG: each picture's own size. */
public final class JpegParameters implements ParameterSets {
  private Optional<CodecParameters> newest = Optional.empty();

  @Override
  public void accept(byte[] nal) {
    // JPEG has no parameter sets.
  }

  @Override
  public Optional<CodecParameters> parameters(Picture picture) {
    Optional<JpegSize> size =
        JpegSize.of(picture.data()).filter(shape -> shape.width() > 0 && shape.height() > 0);
    if (size.isEmpty()) {
      return Optional.empty();
    }
    int width = size.get().width();
    int height = size.get().height();
    if (newest.filter(old -> old.width() == width && old.height() == height).isEmpty()) {
      newest = Optional.of(CodecParameters.jpeg(width, height));
    }
    return newest;
  }

  @Override
  public OptionalInt reorderDepth(Picture picture) {
    return OptionalInt.of(0);
  }
}
