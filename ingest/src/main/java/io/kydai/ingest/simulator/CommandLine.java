package io.kydai.ingest.simulator;

import io.kydai.ingest.simulator.SimulatedCamera.Login;
import io.kydai.ingest.simulator.SimulatedCamera.Scheme;
import io.kydai.ingest.simulator.fault.Fault;
import io.kydai.ingest.simulator.fault.FaultText;
import io.kydai.ingest.simulator.media.AudioClip;
import io.kydai.ingest.simulator.media.Clip;
import io.kydai.ingest.simulator.media.Packetization;
import io.kydai.ingest.source.ShownArgument;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/** The simulator's command line. */
final class CommandLine {
  static final String HELP =
      """
      Simulated cameras, to test whatever pulls RTSP.

        scripts/simulate [OPTIONS] NAME=FILE[,FILE][@FPS] ...

      FILE is an H.264 or H.265 elementary stream (Annex B) or JPEG pictures one after the other,
      played in an endless loop at rtsp://HOST:PORT/NAME; the second is shown after the fault
      "change". FPS is 25 unless given.

      For all:
        --host ADDRESS       listen there (127.0.0.1)
        --port N             listen there (8554); 0 takes a free one
        --tls N              listen with TLS on port N as well, with a certificate that signs itself
        --tls-suites A,B     with these cipher suites alone, by their Java names
        --certificate FILE   or with this one, in PEM; needs --key
        --key FILE           and its PKCS #8 key, in PEM
        --loops N            event loops (one per processor, up to 4)
        --fault NAME=FAULT   NAME misbehaves from the start; * means every camera. See below
        --help               this text

      For the cameras that follow:
        --copies N           each of them N times: NAME-1 to NAME-N (1)
        --login USER:PASS    ask for a password; "-" asks no more
        --auth SCHEME        by basic, md5, sha256 or any (md5)
        --nonce-life TIME    and again after this time
        --packets HOW        fragments, aggregates, or single: H.264's mode 0 (fragments)
        --sound WHAT         a second track: tone, or a file of ADTS frames (AAC); "-" for none
        --metadata           an ONVIF metadata track
        --clock TIME         sender reports are ahead by this time, or behind by -TIME
        --own-port           each on a port of its own, which it needs for the fault "vanish"

      FAULT is one or more of these, joined by +; TIME is as 200ms, 5s, 2m, 1h, 365d:
        drop, reorder, duplicate, truncate, corrupt, junk, other-source
                                              :every=N or :p=0.01[,seed=N]
        delay                                 the same and ,by=TIME
        stall, garbage, reboot, vanish        [:after=PICTURES][,for=TIME]; for ever without
        close, cut, change, new-source, teardown, announce     [:after=PICTURES]
        redirect                              :to=ADDRESS[,after=PICTURES]
        rtp-jump, clock-jump                  :by=TIME[,after=PICTURES]
        annex-b, marker-on-packets, marker-on-units, no-marker, no-key
        jpeg-tables                           [:count=N][,bits=16][,every=N]
        status                                :code=N[,on=METHOD][,track=N]
        mute, babble, hang-up                 [:on=METHOD][,track=N]
        no-range, close-after                 [:code=N]
        wrong-cseq, no-timeout, no-content-base, no-session, new-session, one-channel,
        tunnel-login, wrong-password          [:on=METHOD]
      """;

  private static final Pattern CAMERA = Pattern.compile("([^=]+)=(.+?)(?:@([0-9.]+))?");

  /** An argument that no command line can contain. */
  private static final String NO_DELIMITER = "\0";

  private final CameraSimulator.Builder builder = CameraSimulator.builder().port(8554);
  private final Map<Path, Clip> clips = new HashMap<>();
  private final Map<String, Fault> faults = new LinkedHashMap<>();
  private final List<String> names = new ArrayList<>();
  private int tlsPort = -1;
  private @Nullable Path certificate;
  private @Nullable Path key;
  private int copies = 1;
  private String @Nullable [] login;
  private Scheme scheme = Scheme.DIGEST_MD5;
  private Duration nonceLife = Duration.ZERO;
  private Packetization packets = Packetization.FRAGMENTS;
  private @Nullable AudioClip sound;
  private boolean metadata;
  private Duration clock = Duration.ZERO;
  private boolean ownPort;

  private CommandLine() {}

  /**
   * Starts a simulator as the arguments specify.
   *
   * @throws IllegalArgumentException when an argument is wrong; the message names it
   * @throws IllegalStateException when a port cannot be bound
   */
  static CameraSimulator start(List<String> arguments) {
    CommandLine line = new CommandLine();
    try {
      new picocli.CommandLine(line.specification()).parseArgs(arguments.toArray(String[]::new));
    } catch (ParameterException e) {
      // Its message repeats all arguments, passwords too.
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalArgumentException("the arguments cannot be read; see --help");
    }
    return line.start();
  }

  /**
   * Returns the options and the cameras as parameters. Each has a consumer, and picocli calls the
   * consumers in the order of the arguments, because an option applies to the cameras after it.
   */
  private CommandSpec specification() {
    CommandSpec spec = CommandSpec.create();
    spec.parser()
        .separator(" ")
        .endOfOptionsDelimiter(NO_DELIMITER)
        .expandAtFiles(false)
        .posixClusteredShortOptionsAllowed(false)
        .unmatchedOptionsArePositionalParams(true)
        .overwrittenOptionsAllowed(true);
    value(spec, "--host", builder::host);
    value(spec, "--port", value -> builder.port(number("--port", value, 65_535)));
    value(spec, "--tls", value -> tlsPort = number("--tls", value, 65_535));
    value(spec, "--tls-suites", value -> builder.tlsSuites(value.split(",")));
    value(spec, "--certificate", value -> certificate = Path.of(value));
    value(spec, "--key", value -> key = Path.of(value));
    value(spec, "--loops", value -> builder.loops(number("--loops", value, 64)));
    value(spec, "--fault", this::fault);
    value(
        spec, "--copies", value -> copies = number("--copies", value, CameraSimulator.MAX_CLIENTS));
    value(spec, "--login", value -> login = login(value).orElse(null));
    value(spec, "--auth", value -> scheme = scheme(value));
    value(spec, "--nonce-life", value -> nonceLife = FaultText.time("--nonce-life", value));
    value(spec, "--packets", value -> packets = packets(value));
    value(spec, "--sound", value -> sound = sound(value).orElse(null));
    value(spec, "--clock", value -> clock = FaultText.time("--clock", value));
    option(spec, "--metadata", left -> metadata = true);
    option(spec, "--own-port", left -> ownPort = true);
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0..*")
            .arity("0..*")
            .parameterConsumer((left, parameter, command) -> camera(left.pop()))
            .build());
    return spec;
  }

  /** Adds an option with a value. */
  private static void value(CommandSpec spec, String name, Consumer<String> consumer) {
    option(
        spec,
        name,
        left -> {
          if (left.isEmpty()) {
            throw new IllegalArgumentException(name + " lacks its value");
          }
          consumer.accept(left.pop());
        });
  }

  /**
   * Adds an option.
   *
   * @param consumer removes the option's value, if it has one, from the arguments after the option
   */
  private static void option(CommandSpec spec, String name, Consumer<Stack<String>> consumer) {
    spec.addOption(
        OptionSpec.builder(name)
            .arity("0")
            .parameterConsumer((left, parameter, command) -> consumer.accept(left))
            .build());
  }

  private CameraSimulator start() {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("there is no camera: NAME=FILE; see --help");
    }
    if ((certificate == null) != (key == null) || certificate != null && tlsPort < 0) {
      throw new IllegalArgumentException("--certificate and --key go together, with --tls");
    }
    if (certificate != null && key != null) {
      builder.tls(tlsPort, certificate, key);
    } else if (tlsPort >= 0) {
      builder.tls(tlsPort);
    }
    CameraSimulator simulator = builder.start();
    try {
      faults.forEach(
          (name, fault) -> {
            for (String one : name.equals("*") ? names : List.of(name)) {
              simulator.misbehave(one, fault);
            }
          });
    } catch (IllegalArgumentException e) {
      simulator.close();
      throw e;
    }
    return simulator;
  }

  private void fault(String value) {
    String[] entry = value.split("=", 2);
    if (entry.length < 2) {
      throw new IllegalArgumentException("--fault is NAME=FAULT");
    }
    faults.put(entry[0], Fault.parse(entry[1]));
  }

  private void camera(String argument) {
    Matcher matcher = CAMERA.matcher(argument);
    if (argument.startsWith("-") || !matcher.matches()) {
      throw new IllegalArgumentException("what is " + ShownArgument.of(argument) + "? See --help");
    }
    double fps = matcher.group(3) == null ? 25 : Double.parseDouble(matcher.group(3));
    List<Clip> shown = new ArrayList<>();
    for (String file : matcher.group(2).split(",")) {
      shown.add(clips.computeIfAbsent(Path.of(file), Clip::load));
    }
    SimulatedCamera one =
        new SimulatedCamera(
            matcher.group(1),
            shown.get(0),
            fps,
            login == null ? null : new Login(login[0], login[1], scheme, nonceLife),
            shown.stream().skip(1).findFirst().orElse(null),
            packets,
            sound,
            metadata,
            clock,
            ownPort);
    for (int i = 1; i <= copies; i++) {
      SimulatedCamera copy = copies == 1 ? one : one.withName(one.name() + "-" + i);
      builder.camera(copy);
      names.add(copy.name());
    }
  }

  private static int number(String option, String value, int most) {
    if (!value.matches("[0-9]{1,6}") || Integer.parseInt(value) > most) {
      throw new IllegalArgumentException(
          option + " is a number up to " + most + ", not " + ShownArgument.of(value));
    }
    return Integer.parseInt(value);
  }

  private static Optional<String[]> login(String value) {
    if (value.equals("-")) {
      return Optional.empty();
    }
    String[] entry = value.split(":", 2);
    if (entry.length < 2) {
      throw new IllegalArgumentException("--login is USER:PASSWORD");
    }
    return Optional.of(entry);
  }

  private static Scheme scheme(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "basic" -> Scheme.BASIC;
      case "md5" -> Scheme.DIGEST_MD5;
      case "sha256" -> Scheme.DIGEST_SHA_256;
      case "any" -> Scheme.ANY;
      default -> throw new IllegalArgumentException("--auth is basic, md5, sha256 or any");
    };
  }

  private static Packetization packets(String value) {
    return switch (value) {
      case "fragments" -> Packetization.FRAGMENTS;
      case "aggregates" -> Packetization.AGGREGATES;
      case "single" -> Packetization.SINGLE_NAL_UNITS;
      default -> throw new IllegalArgumentException("--packets: fragments, aggregates or single");
    };
  }

  private static Optional<AudioClip> sound(String value) {
    return switch (value) {
      case "-" -> Optional.empty();
      case "tone" -> Optional.of(AudioClip.tone());
      default -> Optional.of(AudioClip.adts(Path.of(value)));
    };
  }
}
