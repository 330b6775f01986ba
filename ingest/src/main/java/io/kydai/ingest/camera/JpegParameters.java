package io.kydai.ingest.camera;

import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.rtp.jpeg.JpegSize;
import io.kydai.ingest.rtp.packet.Picture;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The codec parameters of Motion JPEG: the size in each picture's header. */
public final class JpegParameters implements ParameterSets {
  private @Nullable CodecParameters newest;

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
    CodecParameters parameters = newest;
    if (parameters == null || parameters.width() != width || parameters.height() != height) {
      parameters = CodecParameters.jpeg(width, height);
      newest = parameters;
    }
    return Optional.of(parameters);
  }

  @Override
  public Integer reorderDepth(Picture picture) {
    return 0;
  }
}
