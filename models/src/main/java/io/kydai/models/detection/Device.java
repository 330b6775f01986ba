package io.kydai.models.detection;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hardware that runs a network.
 *
 * @param provider the CPU, or the ONNX Runtime execution provider for a graphics card
 * @param index the CUDA device number of the graphics card, 0 to 63; 0 for the CPU
 */
public record Device(Provider provider, int index) {
  /** The machine's CPU. */
  public static final Device CPU = new Device(Provider.CPU, 0);

  private static final Pattern TEXT = Pattern.compile("(cpu|(cuda|tensorrt)(?::(\\d{1,2}))?)");

  /** An execution provider of ONNX Runtime. */
  public enum Provider {
    /** The CPU. */
    CPU,
    /** An NVIDIA card through CUDA. */
    CUDA,
    /**
     * An NVIDIA card through TensorRT, with CUDA for the operators that TensorRT does not support.
     */
    TENSORRT
  }

  public Device {
    requireNonNull(provider);
    if (index < 0 || index > (provider == Provider.CPU ? 0 : 63)) {
      throw new IllegalArgumentException("there is no " + provider + " " + index);
    }
  }

  /**
   * Parses {@code cpu}, {@code cuda}, {@code tensorrt}, or one of the last two with a device
   * number, such as {@code cuda:1}; returns empty for any other text.
   */
  public static Optional<Device> of(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    if (matcher.group(2) == null) {
      return Optional.of(CPU);
    }
    int index = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
    Provider provider = matcher.group(2).equals("cuda") ? Provider.CUDA : Provider.TENSORRT;
    return index > 63 ? Optional.empty() : Optional.of(new Device(provider, index));
  }

  /** Returns a text that {@link #of} parses, such as {@code cuda:0}. */
  @Override
  public String toString() {
    return switch (provider) {
      case CPU -> "cpu";
      case CUDA -> "cuda:" + index;
      case TENSORRT -> "tensorrt:" + index;
    };
  }
}
