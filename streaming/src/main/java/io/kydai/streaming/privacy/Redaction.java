package io.kydai.streaming.privacy;

import static java.util.Objects.requireNonNull;

import io.kydai.models.detection.Box;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.ModelException;
import io.kydai.models.faces.FaceModel;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hides on single pictures what is private, and finds by itself what is to be blurred. The
 * detectors are loaded when something is blurred for the first time, and are shared: one picture
 * after the other. Safe for many threads.
 */
public final class Redaction implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Redaction.class);

  private final @Nullable DetectorModel model;
  private @Nullable FaceModel faces;
  private @Nullable RegionFinder finder;
  private boolean closed;

  /**
   * @param model stays the caller's, and outlives this object; null where there is none, so that
   *     pictures on which something would be blurred are blurred as a whole
   */
  public Redaction(@Nullable DetectorModel model) {
    this.model = model;
  }

  private synchronized @Nullable RegionFinder finder() {
    if (closed || model == null) {
      return null;
    }
    if (finder == null) {
      FaceModel loaded = requireNonNull(FaceModel.load());
      faces = loaded;
      finder = new RegionFinder(model, loaded);
    }
    return finder;
  }

  /**
   * Returns what is to be blurred on a picture.
   *
   * @param picture 8-bit blue, green, red, without padding
   * @return null where it cannot be found out, so that all of the picture is to be blurred
   */
  public @Nullable List<Box> regions(Mat picture, Privacy privacy) {
    if (privacy.blur().isEmpty()) {
      return List.of();
    }
    try {
      RegionFinder present = finder();
      return present == null ? null : present.find(picture, privacy.blur());
    } catch (ModelException | IllegalStateException e) {
      LOG.warn("what is to be blurred on a picture cannot be found: all of it is", e);
      return null;
    }
  }

  /**
   * Hides what is private on a picture.
   *
   * @param picture 8-bit blue, green, red, without padding; changed
   */
  public void hide(Mat picture, Privacy privacy) {
    hide(picture, privacy, regions(picture, privacy));
  }

  /**
   * Hides what is private on a picture whose regions are known.
   *
   * @param regions null where they are not, so that all of the picture is blurred
   */
  public static void hide(Mat picture, Privacy privacy, @Nullable List<Box> regions) {
    if (regions == null) {
      PictureRedactor.hideAll(picture, privacy.masks());
    } else {
      PictureRedactor.hide(picture, privacy.masks(), regions);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (finder != null) {
      finder.close();
      finder = null;
    }
    if (faces != null) {
      faces.close();
      faces = null;
    }
  }
}
