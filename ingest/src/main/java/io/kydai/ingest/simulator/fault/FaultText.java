package io.kydai.ingest.simulator.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@link Fault}s from text and writes them as text, for the command line. */
public final class FaultText {
  private static final Duration DELAY = Duration.ofMillis(100);

  private FaultText() {}

  /** Parses a fault; see {@link Fault}. */
  static Fault parse(String text) {
    return Arrays.stream(text.split("\\+", -1))
        .map(FaultText::step)
        .reduce(Fault::and)
        .orElseThrow();
  }

  private static Fault step(String text) {
    String[] parts = text.strip().split(":", 2);
    String name = parts[0].replace('-', '_').toUpperCase(Locale.ROOT);
    Parameters given = new Parameters(text, parts.length > 1 ? parts[1] : "");
    Fault fault;
    if (one(PacketFault.Kind.values(), name).isPresent()) {
      PacketFault.Kind kind = PacketFault.Kind.valueOf(name);
      Duration by = given.time("by", kind == PacketFault.Kind.DELAY ? DELAY : Duration.ZERO);
      fault = Fault.packet(kind, given.chance(), by);
    } else if (one(StreamFault.Kind.values(), name).isPresent()) {
      StreamFault.Kind kind = StreamFault.Kind.valueOf(name);
      boolean jump = kind == StreamFault.Kind.RTP_JUMP || kind == StreamFault.Kind.CLOCK_JUMP;
      fault =
          Fault.stream(
              kind,
              (int) given.number("after", 0),
              given.time(jump ? "by" : "for", jump ? Duration.ofHours(1) : Duration.ZERO),
              kind == StreamFault.Kind.REDIRECT ? given.required("to") : "");
    } else if (one(ResponseFault.Kind.values(), name).isPresent()) {
      ResponseFault.Kind kind = ResponseFault.Kind.valueOf(name);
      int code =
          switch (kind) {
            case STATUS -> (int) given.number("code", 500);
            case NO_RANGE -> (int) given.number("code", 457);
            case CLOSE_AFTER -> (int) given.number("code", 0);
            default -> 0;
          };
      int track =
          switch (kind) {
            case STATUS, MUTE, HANG_UP, BABBLE -> (int) given.number("track", ResponseFault.EVERY);
            default -> ResponseFault.EVERY;
          };
      fault = Fault.response(kind, given.text("on").toUpperCase(Locale.ROOT), track, code);
    } else if (one(MediaFault.Kind.values(), name).isPresent()) {
      MediaFault.Kind kind = MediaFault.Kind.valueOf(name);
      fault =
          Fault.media(
              kind == MediaFault.Kind.JPEG_TABLES
                  ? new MediaFault(
                      kind,
                      (int) given.number("count", 2),
                      given.number("bits", 8) == 16,
                      (int) given.number("every", 1))
                  : new MediaFault(kind));
    } else {
      throw new IllegalArgumentException("there is no fault \"" + parts[0] + "\"");
    }
    given.checkAllTaken();
    return fault;
  }

  private static <E extends Enum<E>> Optional<E> one(E[] all, String name) {
    return Arrays.stream(all).filter(kind -> kind.name().equals(name)).findFirst();
  }

  static String of(PacketFault step) {
    FaultRate chance = step.chance();
    String often =
        chance.every() > 0
            ? "every=" + chance.every()
            : "p=" + chance.probability() + ",seed=" + chance.seed();
    String by = step.kind() == PacketFault.Kind.DELAY ? ",by=" + text(step.by()) : "";
    return name(step.kind()) + ":" + often + by;
  }

  static String of(StreamFault step) {
    boolean jump =
        step.kind() == StreamFault.Kind.RTP_JUMP || step.kind() == StreamFault.Kind.CLOCK_JUMP;
    String time =
        jump ? ",by=" + text(step.time()) : step.time().isZero() ? "" : ",for=" + text(step.time());
    String to = step.to().isEmpty() ? "" : ",to=" + step.to();
    return name(step.kind()) + ":after=" + step.after() + time + to;
  }

  static String of(ResponseFault step) {
    List<String> parameters = new ArrayList<>();
    if (step.code() > 0) {
      parameters.add("code=" + step.code());
    }
    if (!step.on().isEmpty()) {
      parameters.add("on=" + step.on());
    }
    if (step.track() != ResponseFault.EVERY) {
      parameters.add("track=" + step.track());
    }
    return name(step.kind()) + (parameters.isEmpty() ? "" : ":") + String.join(",", parameters);
  }

  static String of(MediaFault step) {
    if (step.kind() != MediaFault.Kind.JPEG_TABLES) {
      return name(step.kind());
    }
    String bits = step.wide() ? ",bits=16" : "";
    String every = step.every() > 1 ? ",every=" + step.every() : "";
    return name(step.kind()) + ":count=" + step.tables() + bits + every;
  }

  private static String name(Enum<?> kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String text(Duration time) {
    return time.toMillis() + "ms";
  }

  /**
   * Parses a time such as {@code 200ms}, {@code 5s}, {@code 2m}, {@code -1h}, {@code 365d}. Days
   * are limited to 50,000 in either direction.
   *
   * @param what the name of the time in an error message
   * @throws IllegalArgumentException when the text is not such a time
   */
  public static Duration time(String what, String text) {
    if (!text.matches("-?[0-9]{1,9}(ms|s|m|h|d)")) {
      throw new IllegalArgumentException(
          what + " is no time such as 200ms, 5s, 2m, 1h or 365d: " + text);
    }
    String unit = text.replaceFirst("-?[0-9]+", "");
    long number = Long.parseLong(text.substring(0, text.length() - unit.length()));
    return switch (unit) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      // NTP's seconds wrap after 136 years, and a long of nanoseconds after 292.
      default -> Duration.ofDays(Math.max(-50_000, Math.min(50_000, number)));
    };
  }

  /** The parameters of a step. Each is removed when it is read, so that unknown ones remain. */
  private static final class Parameters {
    private final String step;
    private final Map<String, String> left = new LinkedHashMap<>();

    Parameters(String step, String text) {
      this.step = step;
      for (String parameter : text.isBlank() ? new String[0] : text.split(",")) {
        String[] entry = parameter.strip().split("=", 2);
        left.put(entry[0], entry.length > 1 ? entry[1] : "");
      }
    }

    String text(String key) {
      return Optional.ofNullable(left.remove(key)).orElse("");
    }

    String required(String key) {
      String value = text(key);
      if (value.isEmpty()) {
        throw new IllegalArgumentException(step + ": lacks " + key + "=");
      }
      return value;
    }

    long number(String key, long otherwise) {
      String value = text(key);
      if (value.isEmpty()) {
        return otherwise;
      }
      if (!value.matches("[0-9]{1,9}")) {
        throw new IllegalArgumentException(step + ": " + key + " is no whole number: " + value);
      }
      return Long.parseLong(value);
    }

    FaultRate chance() {
      if (left.containsKey("every")) {
        return FaultRate.every((int) number("every", 0));
      }
      String probability = required("p");
      if (!probability.matches("[0-9]*\\.?[0-9]+")) {
        throw new IllegalArgumentException(step + ": p is no number: " + probability);
      }
      return FaultRate.of(Double.parseDouble(probability), number("seed", 1));
    }

    Duration time(String key, Duration otherwise) {
      String value = text(key);
      return value.isEmpty() ? otherwise : FaultText.time(step + ": " + key, value);
    }

    void checkAllTaken() {
      if (!left.isEmpty()) {
        throw new IllegalArgumentException(step + ": there is no " + left.keySet());
      }
    }
  }
}
