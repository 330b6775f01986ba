package io.kydai.models.faces;

import ai.djl.inference.Predictor;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.ModelException;
import io.kydai.models.onnx.TensorNetwork;
import io.kydai.models.onnx.TensorNetwork.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the faces of persons whose boxes are known. The network was trained on faces that fill a
 * good part of its picture, so it is run on the square at the top of each person's box and not on
 * the whole picture. A detector is used by one thread at a time.
 */
public final class FaceDetector implements AutoCloseable {
  private static final int SIDE = BlazeFaceAnchors.SIDE;

  /** The side of the square, as a multiple of the width of the person's box. */
  private static final float SQUARE = 1.1f;

  /** The part of the square that lies above the person's box. */
  private static final float ABOVE = 0.1f;

  private static final float MIN_SCORE = 0.5f;
  private static final float MAX_OVERLAP = 0.3f;
  private static final int MAX_PICTURE_SIDE = 16_384;
  private static final int MAX_FACES = 8;

  private final TensorNetwork network;
  private final Predictor<Tensor, List<Tensor>> predictor;
  private final float[] input = new float[SIDE * SIDE * 3];

  FaceDetector(TensorNetwork network) {
    this.network = network;
    predictor = network.newPredictor();
  }

  /**
   * Returns the faces at the top of a person's box, the most probable first, at most {@value
   * #MAX_FACES}; more than one where other persons stand close.
   *
   * @param pixels {@code 3 × width × height} bytes from the position on, row by row, each pixel
   *     blue, green, red; its position does not change
   * @param width the picture's width, 1 to 16,384 pixels
   * @param height the picture's height, 1 to 16,384 pixels
   * @param person the person's box in coordinates of the picture
   * @throws IllegalArgumentException when the picture's size is out of range or it has too few
   *     bytes
   * @throws ModelException when the inference fails
   */
  public List<Face> detect(ByteBuffer pixels, int width, int height, Box person) {
    if (width < 1 || height < 1 || Math.max(width, height) > MAX_PICTURE_SIDE) {
      throw new IllegalArgumentException(
          "width and height must be 1 to "
              + MAX_PICTURE_SIDE
              + " pixels, not "
              + width
              + "x"
              + height);
    }
    if (pixels.remaining() < 3L * width * height) {
      throw new IllegalArgumentException(
          3L * width * height + " bytes of pixels are needed, not " + pixels.remaining());
    }
    float side = SQUARE * person.width() * width;
    if (!(side >= 1 && side <= 4 * MAX_PICTURE_SIDE)) {
      return List.of(); // a box without width has no face
    }
    float left = (person.left() + person.right()) / 2 * width - side / 2;
    float top = person.top() * height - ABOVE * side;
    fill(pixels, width, height, left, top, side);
    List<Tensor> outputs = network.run(predictor, new Tensor(input, 1, SIDE, SIDE, 3));
    List<Face> faces = new ArrayList<>();
    for (Face found : BlazeFaceAnchors.decode(outputs, MIN_SCORE)) {
      Box box = found.box();
      Box inPicture =
          new Box(
              (left + box.left() * side) / width,
              (top + box.top() * side) / height,
              (left + box.right() * side) / width,
              (top + box.bottom() * side) / height);
      if (faces.size() < MAX_FACES
          && faces.stream().noneMatch(face -> face.box().iou(inPicture) > MAX_OVERLAP)) {
        faces.add(new Face(inPicture, found.score()));
      }
    }
    return List.copyOf(faces);
  }

  /**
   * Writes the square as the network's input: red, green, blue from −1 to 1, pixel by pixel (NHWC),
   * scaled bilinearly between pixel centres. What lies outside the picture is black.
   */
  private void fill(ByteBuffer pixels, int width, int height, float left, float top, float side) {
    int start = pixels.position();
    for (int y = 0, at = 0; y < SIDE; y++) {
      float sourceY = top + (y + 0.5f) * side / SIDE - 0.5f;
      for (int x = 0; x < SIDE; x++, at += 3) {
        float sourceX = left + (x + 0.5f) * side / SIDE - 0.5f;
        if (sourceX < -0.5f
            || sourceY < -0.5f
            || sourceX > width - 0.5f
            || sourceY > height - 0.5f) {
          input[at] = input[at + 1] = input[at + 2] = -1;
        } else {
          sample(pixels, start, width, height, sourceX, sourceY, at);
        }
      }
    }
  }

  private void sample(
      ByteBuffer pixels, int start, int width, int height, float sourceX, float sourceY, int at) {
    float x = Math.min(width - 1, Math.max(0, sourceX));
    float y = Math.min(height - 1, Math.max(0, sourceY));
    int x0 = (int) x;
    int y0 = (int) y;
    int right = x0 + 1 < width ? 3 : 0;
    int below = y0 + 1 < height ? 3 * width : 0;
    int corner = start + 3 * (y0 * width + x0);
    for (int channel = 0; channel < 3; channel++) {
      int blueFirst = corner + 2 - channel;
      float upper = mix(pixels, blueFirst, blueFirst + right, x - x0);
      float lower = mix(pixels, blueFirst + below, blueFirst + below + right, x - x0);
      input[at + channel] = (upper + (lower - upper) * (y - y0)) / 127.5f - 1;
    }
  }

  private static float mix(ByteBuffer pixels, int first, int second, float share) {
    int a = pixels.get(first) & 0xff;
    int b = pixels.get(second) & 0xff;
    return a + (b - a) * share;
  }

  @Override
  public void close() {
    predictor.close();
  }
}
