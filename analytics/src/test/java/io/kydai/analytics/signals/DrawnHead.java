package io.kydai.analytics.signals;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import io.kydai.analytics.decode.Libav;
import io.kydai.analytics.rules.settings.SignalFeed.Light;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Zone;
import io.kydai.analytics.scene.ZoneUse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Draws a signal head of three lamps, some pixels long, into a small picture. */
final class DrawnHead {
  static final int WIDTH = 112;
  static final int HEIGHT = 128;

  /** What light there is. */
  enum Weather {
    DAY,
    /** White sky, sun on the visors, and lamps too bright for the camera. */
    SUN,
    /** Black, with lamps too bright for the camera and a glow around them. */
    NIGHT,
    /** Old lamps by day. */
    DIM
  }

  /** How a lamp of diodes comes out between two flickers. */
  enum Phase {
    FULL,
    GLARING,
    HALF,
    WEAK,
    OFF
  }

  /** Digits in the lit lamp's colour. */
  enum Countdown {
    NONE,
    IN_THE_AMBER_LAMP,
    BESIDE
  }

  /** One appearance. */
  record Look(Weather weather, Set<Light> lit, Phase phase, Countdown countdown) {
    Look(Weather weather, Light lit) {
      this(weather, Set.of(lit), Phase.FULL, Countdown.NONE);
    }
  }

  private static final int[][] LAMPS = {{255, 45, 35}, {255, 170, 30}, {40, 235, 150}};
  private static final int[][] RIMS = {{255, 150, 40}, {255, 205, 80}, {130, 255, 210}};
  private static final int[][] GLASS = {{55, 28, 28}, {52, 42, 22}, {22, 40, 34}};
  private static final int FINE = 2;

  private final boolean vertical;
  private final double width;
  private final double left;
  private final double top;
  private final Map<Look, int[]> drawn = new HashMap<>();
  private final Map<Look, byte[][]> clean = new HashMap<>();

  /**
   * @param length in pixels, along the lamps
   */
  DrawnHead(double length, boolean vertical) {
    this.vertical = vertical;
    this.width = length / 3;
    // Not on the chroma's grid.
    this.left = 21.3;
    this.top = 19.7;
  }

  /** The zone around it, moved by parts of a lamp, and so many times as wide. */
  Zone zone(double right, double down, double wider) {
    double across = width * wider;
    double x = left + right * width;
    double y = top + down * width;
    double w = vertical ? across : 3 * width;
    double h = vertical ? 3 * width : across;
    return new Zone(
        "head",
        List.of(corner(x, y), corner(x + w, y), corner(x + w, y + h), corner(x, y + h)),
        ZoneUse.SIGNAL,
        null);
  }

  private static Point corner(double x, double y) {
    return new Point(x / WIDTH, y / HEIGHT);
  }

  /** One picture, owned by the caller; the noise's standard deviation is in levels of 255. */
  AVFrame picture(Look look, double noise, Random random) {
    int[] rgb = drawn.computeIfAbsent(look, this::draw);
    return noise == 0
        ? frame(clean.computeIfAbsent(look, key -> planes(rgb, 0, random)))
        : frame(planes(rgb, noise, random));
  }

  /** A picture of one colour, owned by the caller. */
  AVFrame plain(int rgb) {
    int[] pixels = new int[WIDTH * HEIGHT];
    Arrays.fill(pixels, rgb);
    return frame(planes(pixels, 0, new Random(1)));
  }

  private static byte[][] planes(int[] rgb, double noise, Random random) {
    float[][] yuv = new float[3][WIDTH * HEIGHT];
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      double r = noisy(rgb[i] >> 16, noise, random);
      double g = noisy(rgb[i] >> 8 & 255, noise, random);
      double b = noisy(rgb[i] & 255, noise, random);
      yuv[0][i] = (float) (16 + (65.481 * r + 128.553 * g + 24.966 * b) / 255);
      yuv[1][i] = (float) (128 + (-37.797 * r - 74.203 * g + 112 * b) / 255);
      yuv[2][i] = (float) (128 + (112 * r - 93.786 * g - 18.214 * b) / 255);
    }
    byte[][] planes = new byte[3][];
    for (int plane = 0; plane < 3; plane++) {
      int each = plane == 0 ? 1 : 2;
      planes[plane] = new byte[WIDTH * HEIGHT / (each * each)];
      for (int at = 0; at < planes[plane].length; at++) {
        int x = at % (WIDTH / each) * each;
        int y = at / (WIDTH / each) * each;
        float sum = 0;
        for (int i = 0; i < each * each; i++) {
          sum += yuv[plane][(y + i / each) * WIDTH + x + i % each];
        }
        planes[plane][at] = (byte) Math.round(sum / (each * each));
      }
    }
    return planes;
  }

  private static AVFrame frame(byte[][] planes) {
    AVFrame frame = av_frame_alloc();
    frame.width(WIDTH);
    frame.height(HEIGHT);
    frame.format(AV_PIX_FMT_YUV420P);
    Libav.check(av_frame_get_buffer(frame, 0), "frame");
    for (int plane = 0; plane < 3; plane++) {
      int width = plane == 0 ? WIDTH : WIDTH / 2;
      for (int y = 0; y * width < planes[plane].length; y++) {
        frame
            .data(plane)
            .position((long) y * frame.linesize(plane))
            .put(planes[plane], y * width, width);
      }
    }
    return frame;
  }

  private static double noisy(int value, double noise, Random random) {
    return noise == 0
        ? value
        : Math.max(0, Math.min(255, value + noise * 3.46 * (random.nextFloat() - 0.5)));
  }

  private int[] draw(Look look) {
    int[] rgb = new int[WIDTH * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        double[] sum = new double[3];
        for (int i = 0; i < FINE * FINE; i++) {
          double[] colour =
              colour(look, x + (i % FINE + 0.5) / FINE - left, y + (i / FINE + 0.5) / FINE - top);
          for (int c = 0; c < 3; c++) {
            sum[c] += Math.min(255, colour[c]) / (FINE * FINE);
          }
        }
        rgb[y * WIDTH + x] = (int) sum[0] << 16 | (int) sum[1] << 8 | (int) sum[2];
      }
    }
    return rgb;
  }

  /** Of a place from the head's corner on. */
  private double[] colour(Look look, double x, double y) {
    double along = (vertical ? y : x) / width;
    double across = (vertical ? x : y) / width;
    double[] colour = surroundings(look.weather(), along, across);
    for (int lamp = 0; lamp < 3; lamp++) {
      double distance = Math.hypot(along - lamp - 0.5, across - 0.5) / 0.4;
      boolean lit = look.lit().contains(Light.values()[lamp]);
      if (distance <= 1) {
        colour = lamp(look, lamp, distance, along - lamp < 0.5, lit);
      }
    }
    for (int lamp = 0; lamp < 3; lamp++) {
      if (look.lit().contains(Light.values()[lamp])) {
        double distance = Math.hypot(along - lamp - 0.5, across - 0.5);
        double glow = 0;
        if (look.weather() == Weather.NIGHT && distance > 0.4 && look.phase() != Phase.OFF) {
          glow = 0.7 * Math.exp(-(distance - 0.4) / 0.3);
        }
        glow = digit(look.countdown(), along, across) ? 0.9 : glow;
        for (int c = 0; c < 3; c++) {
          colour[c] += glow * LAMPS[lamp][c];
        }
      }
    }
    return colour;
  }

  private static boolean digit(Countdown countdown, double along, double across) {
    double middle = countdown == Countdown.BESIDE ? 1.4 : 0.5;
    return countdown != Countdown.NONE
        && Math.abs(along - 1.5) < 0.25
        && Math.abs(Math.abs(across - middle) - 0.16) < 0.06;
  }

  private static double[] surroundings(Weather weather, double along, double across) {
    boolean housing = along >= 0 && along <= 3 && across >= 0 && across <= 1;
    boolean visor = housing && Math.floorMod((int) Math.floor(along * 10), 10) == 9;
    return switch (weather) {
      case DAY -> housing ? grey(45) : new double[] {165, 175, 185};
      case SUN ->
          visor ? new double[] {255, 246, 215} : housing ? grey(75) : new double[] {253, 243, 228};
      case NIGHT -> housing ? grey(4) : grey(8);
      case DIM -> housing ? grey(80) : new double[] {165, 175, 185};
    };
  }

  private static double[] lamp(Look look, int lamp, double distance, boolean upper, boolean isLit) {
    Phase phase = look.phase();
    if (!isLit || phase == Phase.OFF || phase == Phase.HALF && upper) {
      double part = look.weather() == Weather.NIGHT ? 0.1 : 1;
      return scaled(GLASS[lamp], part);
    }
    boolean glaring =
        phase == Phase.GLARING
            || phase == Phase.FULL
                && (look.weather() == Weather.SUN || look.weather() == Weather.NIGHT);
    if (glaring) {
      return distance < 0.65 ? new double[] {255, 250, 236} : scaled(RIMS[lamp], 1);
    }
    double part = look.weather() == Weather.DIM ? 0.55 : 1;
    return scaled(LAMPS[lamp], phase == Phase.WEAK ? part * 0.6 : part);
  }

  private static double[] scaled(int[] colour, double part) {
    return new double[] {colour[0] * part, colour[1] * part, colour[2] * part};
  }

  private static double[] grey(double value) {
    return new double[] {value, value, value};
  }
}
