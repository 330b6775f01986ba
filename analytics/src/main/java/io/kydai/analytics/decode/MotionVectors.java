package io.kydai.analytics.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_MOTION_VECTORS;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_B;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_side_data;

import io.kydai.analytics.motion.MotionField;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.avutil.AVMotionVector;
import org.bytedeco.javacpp.Loader;

/**
 * The motion vectors that libavcodec hands out beside a picture (its {@code motion_vector.h}), of
 * H.264 and MPEG-4 part 2. It does not say which of several reference pictures a block refers to:
 * the nearest one is taken for it, as most blocks do. Vectors into the future are left out.
 *
 * <p>Bound: what {@link MotionField} takes; a list longer than one vector for each 4×4 pixels and
 * direction is cut off there.
 */
public final class MotionVectors {
  // The structure is read as bytes, since a call per field and vector would take longer than
  // decoding. Offsets are those of the library that is loaded.
  private static final int SIZE;
  private static final int SOURCE = offset("source");
  private static final int BLOCK_WIDTH = offset("w");
  private static final int BLOCK_HEIGHT = offset("h");
  private static final int TO_X = offset("dst_x");
  private static final int TO_Y = offset("dst_y");
  private static final int MOTION_X = offset("motion_x");
  private static final int MOTION_Y = offset("motion_y");
  private static final int SCALE = offset("motion_scale");

  static {
    try (AVMotionVector one = new AVMotionVector()) {
      SIZE = one.sizeof();
    }
  }

  private MotionVectors() {}

  private static int offset(String field) {
    return Loader.offsetof(AVMotionVector.class, field);
  }

  /**
   * Reads a picture's motion; {@link MotionField#NONE} where it has none: an intra picture, another
   * codec, or a decoder that was not asked for it.
   */
  public static MotionField of(AVFrame picture) {
    AVFrameSideData data = av_frame_get_side_data(picture, AV_FRAME_DATA_MOTION_VECTORS);
    boolean bidirectional = picture.pict_type() == AV_PICTURE_TYPE_B;
    if (data == null && !bidirectional) {
      return MotionField.NONE;
    }
    int width = picture.width();
    int height = picture.height();
    MotionField.Builder field = new MotionField.Builder(width, height, bidirectional);
    if (data != null) {
      long most = 2L * ((width + 15) / 16) * ((height + 15) / 16) * 16;
      read(data, (int) Math.min(most, data.size() / SIZE), field);
    }
    return field.build();
  }

  private static void read(AVFrameSideData data, int count, MotionField.Builder field) {
    ByteBuffer bytes =
        data.data().capacity((long) count * SIZE).asByteBuffer().order(ByteOrder.nativeOrder());
    for (int at = 0; at < count * SIZE; at += SIZE) {
      int scale = bytes.getShort(at + SCALE) & 0xffff;
      if (bytes.getInt(at + SOURCE) < 0 && scale > 0) {
        int w = bytes.get(at + BLOCK_WIDTH) & 0xff;
        int h = bytes.get(at + BLOCK_HEIGHT) & 0xff;
        // A vector leads from the block to where its content was.
        field.add(
            bytes.getShort(at + TO_X) - w / 2,
            bytes.getShort(at + TO_Y) - h / 2,
            w,
            h,
            -bytes.getInt(at + MOTION_X) * MotionField.PARTS / scale,
            -bytes.getInt(at + MOTION_Y) * MotionField.PARTS / scale);
      }
    }
  }
}
