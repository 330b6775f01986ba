package io.kydai.console.doctor;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.console.config.ConfigFile;
import io.kydai.console.config.KydaiConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code doctor}. */
@Command(
    name = "doctor",
    usageHelpWidth = 100,
    description = "Examines the machine, the files and the configuration of a node.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing worse than a warning",
      "1:a fault",
      "2:a wrong flag or configuration"
    })
public final class DoctorCommand implements Callable<Integer> {
  private static final int LONGEST_SECONDS = 60;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(names = "--config", paramLabel = "FILE", description = "the node's configuration")
  private @Nullable Path config;

  @Option(names = "--data", paramLabel = "DIR", description = "the node's data folder")
  private @Nullable Path data;

  @Option(names = "--ntp", paramLabel = "HOST", description = "server to compare the clock with")
  private @Nullable String ntp;

  @Option(
      names = "--camera-seconds",
      paramLabel = "SECONDS",
      defaultValue = "8",
      description =
          "how long every camera is received, for its codec and its clock; 0 to connect to none"
              + " (default: ${DEFAULT-VALUE})")
  private int cameraSeconds;

  @Option(names = "--json", description = "one JSON object for each finding, for monitoring")
  private boolean json;

  @Option(names = "--help", usageHelp = true, description = "show this and end")
  private boolean help;

  @Override
  public Integer call() throws IOException {
    KydaiConfig wanted = config == null ? KydaiConfig.DEFAULT : ConfigFile.read(config);
    Path folder =
        data == null ? requireNonNullElse(wanted.storage().directory(), Path.of("data")) : data;
    List<Finding> findings =
        new Doctor(
                wanted,
                folder,
                Clock.systemUTC(),
                ntp,
                Duration.ofSeconds(Math.max(0, Math.min(LONGEST_SECONDS, cameraSeconds))))
            .examine();
    print(findings, spec.commandLine().getOut());
    return findings.stream().anyMatch(one -> one.level() == Finding.Level.FAULT) ? 1 : 0;
  }

  private void print(List<Finding> findings, PrintWriter out) throws IOException {
    if (json) {
      ObjectMapper mapper = new ObjectMapper();
      List<Map<String, Object>> list = new ArrayList<>();
      for (Finding one : findings) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("level", one.level().name().toLowerCase(Locale.ROOT));
        map.put("check", one.check());
        map.put("found", one.found());
        map.put("remedy", one.remedy());
        list.add(map);
      }
      for (Map<String, Object> one : list) {
        out.println(mapper.writeValueAsString(one));
      }
    } else {
      for (Finding one : findings) {
        out.printf(
            "%-8s %-12s %s%n",
            one.level().name().toLowerCase(Locale.ROOT), one.check(), one.found());
        if (!one.remedy().isEmpty()) {
          out.printf("%-8s %-12s → %s%n", "", "", one.remedy());
        }
      }
    }
    out.flush();
  }
}
