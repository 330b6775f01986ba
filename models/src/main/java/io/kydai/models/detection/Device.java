package io.kydai.models.detection;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What runs a network.
 *
 * @param provider the processors, or ONNX Runtime's way to a graphics card
 * @param index of the graphics card as CUDA counts them, 0 to 63; 0 for the processors
 */
public record Device(Provider provider, int index) {
  /** The machine's processors. */
  public static final Device CPU = new Device(Provider.CPU, 0);

  private static final Pattern TEXT = Pattern.compile("(cpu|(cuda|tensorrt)(?::(\\d{1,2}))?)");

  /** Who does the arithmetic. */
  public enum Provider {
    CPU,
    /** NVIDIA's CUDA. */
    CUDA,
    /** NVIDIA's TensorRT, and CUDA for what it cannot do. */
    TENSORRT
  }

  public Device {
    requireNonNull(provider);
    if (index < 0 || index > (provider == Provider.CPU ? 0 : 63)) {
      throw new IllegalArgumentException("there is no " + provider + " " + index);
    }
  }

  /** Reads {@code cpu}, {@code cuda}, {@code tensorrt}, {@code cuda:1} …; empty for all else. */
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

  /** As {@link #of} reads it. */
  @Override
  public String toString() {
    return switch (provider) {
      case CPU -> "cpu";
      case CUDA -> "cuda:" + index;
      case TENSORRT -> "tensorrt:" + index;
    };
  }
}
