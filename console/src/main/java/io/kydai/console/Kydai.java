package io.kydai.console;

import static java.util.Objects.requireNonNullElse;

import io.kydai.console.analyze.AnalyzeCommand;
import io.kydai.console.config.AddressFlag;
import io.kydai.console.config.ConfigFile;
import io.kydai.console.config.HttpConfig;
import io.kydai.console.config.KydaiConfig;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.tree.Secret;
import io.kydai.console.logging.NodeLog;
import io.kydai.console.node.DefaultRules;
import io.kydai.console.node.Demo;
import io.kydai.console.node.Node;
import io.kydai.console.node.Shutdown;
import io.kydai.console.node.StartException;
import io.kydai.console.node.WrongFlagException;
import io.kydai.ingest.concurrent.NamedThreadFactory;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.models.document.ConfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The process: reads the command line, starts a {@link Node}, and ends it on Ctrl-C. */
@Command(
    name = "kydai",
    usageHelpWidth = 100,
    customSynopsis = {
      "scripts/run [--config FILE] [--port N] [--data DIR] [--camera URL]… [--help]",
      ""
    },
    description = {
      "City-scale video-analytics camera server.",
      "Without a configuration and a camera it shows a demo: two cameras of its own."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:ended as asked; 130 by Ctrl-C, 143 by SIGTERM, as shells have it",
      "1:cannot start, such as when the port is taken",
      "2:a wrong flag or configuration"
    })
public final class Kydai implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int WRONG = 2;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "cameras, rules, webhooks and the rest, as YAML; see docs/configuration.md")
  private @Nullable Path config;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "port of the console, 1 to 65535 (default: the configuration's, or 8080)")
  private @Nullable Integer port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "folder of the database and the evidence (default: the configuration's, or ./data)")
  private @Nullable Path data;

  @Option(
      names = "--camera",
      paramLabel = "URL",
      description = {
        "watch the camera at rtsp://… with default rules; may be given several times;",
        "$${NAME} in it is a variable's value, file:PATH an address in a file"
      })
  private List<String> cameras = new ArrayList<>();

  @Option(names = "--help", usageHelp = true, description = "show this and end")
  private boolean help;

  private Kydai() {}

  /** Ends the process with one of the exit codes above. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Kydai())
        .addSubcommand(new AnalyzeCommand())
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(new WrongArguments(WRONG))
        .setExecutionExceptionHandler((e, command, result) -> explain(e, command));
  }

  /** Mistakes of people are told in words; mistakes of ours with their stack. */
  private static int explain(Exception e, CommandLine command) {
    if (e instanceof ConfigException || e instanceof WrongFlagException) {
      command.getErr().println(e.getMessage());
      return WRONG;
    }
    if (e instanceof StartException) {
      command.getErr().println(e.getMessage());
      return FAILED;
    }
    e.printStackTrace(command.getErr());
    return FAILED;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (port != null && (port < 0 || port > 65_535)) {
      throw new WrongFlagException("--port: " + port + " is no port; 1 to 65535 are.");
    }
    String format = System.getenv(NodeLog.FORMAT);
    if (format != null && !format.equals("text") && !format.equals("json")) {
      throw new WrongFlagException(NodeLog.FORMAT + ": text or json is expected.");
    }
    try (Demo demo = wantsDemo() ? Demo.start(Kydai::say) : Demo.NONE) {
      KydaiConfig wanted = withFlags(config == null ? demo.config() : ConfigFile.read(config));
      if (wanted.log().format() != null) {
        NodeLog.ofProcess().use(wanted.log().format());
      }
      TimeZone.setDefault(TimeZone.getTimeZone(wanted.site().timeZone()));
      Path folder =
          data == null ? requireNonNullElse(wanted.storage().directory(), Path.of("data")) : data;
      CountDownLatch end = new CountDownLatch(1);
      Shutdown shutdown = new Shutdown(demo, end);
      Runtime.getRuntime().addShutdownHook(NamedThreadFactory.of("shutdown").newThread(shutdown));
      Node node = Node.start(wanted, folder, Kydai::say, shutdown::setNode);
      say("The console is at " + node.address() + " — Ctrl-C ends it.");
      node.firstLink()
          .ifPresent(
              link ->
                  say(
                      "Nobody has an account yet. Open this link, within an hour and once: "
                          + link));
      end.await();
    }
    return 0;
  }

  private boolean wantsDemo() {
    return config == null && cameras.isEmpty();
  }

  private KydaiConfig withFlags(KydaiConfig base) {
    HttpConfig http = base.http();
    return base.withCameras(
            Stream.concat(base.cameras().stream(), flaggedCameras().stream()).toList())
        .withHttp(http.withPort(port == null ? http.port() : port));
  }

  private List<CameraConfig> flaggedCameras() {
    List<CameraConfig> flagged = new ArrayList<>();
    for (String url : cameras) {
      CameraId id = new CameraId("camera-" + (flagged.size() + 1));
      Secret address;
      try {
        address = AddressFlag.read("--camera", url, System::getenv, Path.of(""));
        CameraSource source = CameraSource.of(id, address.value());
        if (address.written().equals(address.value()) && source.credentials().isPresent()) {
          say(
              "The password in --camera can be read by every user of this machine (ps); write"
                  + " ${NAME} for a variable's value, or file:PATH for a file's.");
        }
      } catch (IllegalArgumentException e) {
        throw new WrongFlagException("--camera: " + e.getMessage());
      }
      flagged.add(
          CameraConfig.of(id, address).withAnalysis(DefaultRules.scene(), DefaultRules.rules()));
    }
    return flagged;
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
