package io.kydai.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.node.Node;
import io.kydai.ingest.simulator.media.Clip;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A clip in which each picture says which one it is: its number stands in black and white fields at
 * the top, the lowest bit on the left. A cut-out person goes to the right and back to the left, so
 * that a picture's number tells where the person is on it.
 */
final class CountedCamera {
  static final int FPS = 10;

  /** Of the loop: half of them to the right, half to the left. */
  static final int PICTURES = 80;

  static final int WIDTH = 768;

  /** From one picture to the next, in pixels. */
  static final int STEP = 12;

  static final int FIELD = 64;
  static final int BITS = 7;

  private static final int LEFT = 60;
  private static final int PERSON = 140;

  private CountedCamera() {}

  /** The middle of the person on a picture, in pixels. */
  static int middle(int number) {
    int turn = (number + 1) % PICTURES;
    return LEFT + PERSON / 2 + STEP * Math.min(turn, PICTURES - turn);
  }

  /** Which way the person goes: 1 to the right, -1 to the left, 0 near a turn. */
  static int direction(int number) {
    int turn = (number + 1) % PICTURES;
    int half = PICTURES / 2;
    return turn % half < 8 || turn % half > half - 2 ? 0 : turn < half ? 1 : -1;
  }

  /** Needs Debian's ffmpeg. */
  static Clip clip(Path folder) throws Exception {
    Path demo = folder.resolve("demo.h264");
    try (InputStream in =
        Node.class.getResourceAsStream("/io/kydai/console/demo/campus-path.h264")) {
      Files.write(demo, in.readAllBytes());
    }
    Path person = folder.resolve("person.png");
    run(
        "-i",
        demo.toString(),
        "-vf",
        "crop=70:100:625:233,scale=140:200",
        "-frames:v",
        "1",
        person);
    StringBuilder fields =
        new StringBuilder("drawbox=x=0:y=0:w=%d:h=%d:t=fill:color=black".formatted(448, FIELD));
    for (int bit = 0; bit < BITS; bit++) {
      fields.append(
          ",drawbox=x=%d:y=0:w=%d:h=%d:t=fill:color=white:enable='gte(mod(n,%d),%d)'"
              .formatted(bit * FIELD, FIELD, FIELD, 2 << bit, 1 << bit));
    }
    Path clip = folder.resolve("counted.h264");
    run(
        "-loop",
        "1",
        "-framerate",
        FPS,
        "-i",
        person,
        "-f",
        "lavfi",
        "-i",
        "color=c=0xA4A2AA:s=%dx576:r=%d".formatted(WIDTH, FPS),
        "-filter_complex",
        // The overlay counts from 1.
        "[1][0]overlay=x='%d+%d*min(mod(n,%3$d),%3$d-mod(n,%3$d))':y=250,"
                .formatted(LEFT, STEP, PICTURES)
            + fields,
        "-frames:v",
        PICTURES,
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        "-bf",
        0,
        "-g",
        2 * FPS,
        "-crf",
        20,
        "-pix_fmt",
        "yuv420p",
        clip);
    return Clip.load(clip);
  }

  private static void run(Object... arguments) throws Exception {
    String[] command = new String[arguments.length + 4];
    command[0] = "/usr/bin/ffmpeg";
    command[1] = "-v";
    command[2] = "error";
    command[3] = "-y";
    for (int i = 0; i < arguments.length; i++) {
      command[i + 4] = arguments[i].toString();
    }
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
