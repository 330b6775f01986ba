package io.kydai.console.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.kydai.streaming.proof.CaseCheck;
import io.kydai.streaming.proof.Check;
import io.kydai.streaming.proof.EvidenceCheck;
import io.kydai.streaming.proof.Fault;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code scripts/verify-evidence}, which needs neither a node nor its database. */
@Command(
    name = "scripts/verify-evidence",
    usageHelpWidth = 100,
    description =
        "Checks a folder of evidence, that of one alert, or an exported case, against its signed"
            + " manifests, and names what is wrong.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the evidence is whole", "1:it is not", "2:wrong usage, or unreadable"})
public final class VerifyEvidenceCommand implements Callable<Integer> {
  static final int NOT_WHOLE = 1;
  static final int UNREADABLE = 2;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "PATH",
      description =
          "the folder 'evidence', that of one alert, or a case: its archive, or a folder into which"
              + " it was unpacked")
  private Path folder;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "the public key in PEM, as its owner gave it to you (default: those in the folder, which"
              + " somebody who changed it could have changed, too)")
  private @Nullable Path key;

  @Option(
      names = "--head",
      paramLabel = "NUMBER:SHA256",
      description = "a manifest that was noted before, without which missing newest ones go unseen")
  private @Nullable String head;

  @Option(
      names = "--tsa-ca",
      paramLabel = "FILE",
      description =
          "root certificates in PEM of the time-stamping authorities that you trust (default:"
              + " stamps are checked by the certificates in them, which shows nobody's word)")
  private @Nullable Path authorities;

  @Option(
      names = "--camera-ca",
      paramLabel = "FILE",
      description =
          "root certificates in PEM of cameras that sign their video (default: such signatures are"
              + " checked by the certificates in them, which shows nobody's word)")
  private @Nullable Path cameras;

  @Option(names = "--json", description = "write JSON")
  private boolean json;

  @Option(names = "--help", usageHelp = true, description = "show this and end")
  private boolean help;

  // Picocli sets the annotated fields before the command runs.
  @SuppressWarnings("NullAway.Init")
  private VerifyEvidenceCommand() {}

  /** Ends the process with one of the exit codes above. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new VerifyEvidenceCommand()).setExpandAtFiles(false);
  }

  @Override
  public Integer call() {
    if (head != null && !head.matches("[1-9][0-9]{0,17}:[0-9a-f]{64}")) {
      throw new ParameterException(
          spec.commandLine(), "--head: a number, a colon and 64 hexadecimal digits are expected.");
    }
    try {
      if (CaseCheck.isCase(folder)) {
        return checkCase();
      }
      Check check = EvidenceCheck.run(folder, key, head);
      TimeStampCheck stamps = TimeStampCheck.run(folder, check, authorities);
      SignedClips clips = SignedClips.run(folder, cameras);
      PrintWriter out = spec.commandLine().getOut();
      out.println(
          json
              ? JSON.writeValueAsString(value(check, stamps, clips))
              : words(check, stamps, clips));
      out.flush();
      return check.whole() && stamps.faults().isEmpty() ? 0 : NOT_WHOLE;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers are always JSON", e);
    } catch (IOException e) {
      spec.commandLine().getErr().println(folder + " cannot be checked: " + e.getMessage());
      return UNREADABLE;
    }
  }

  private int checkCase() throws IOException {
    Check check = CaseCheck.run(folder, key);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> value = new LinkedHashMap<>();
      value.put("whole", check.whole());
      value.put("files", check.files());
      value.put("keys", new TreeSet<>(check.keys()));
      value.put("faults", check.faults().stream().map(VerifyEvidenceCommand::value).toList());
      out.println(JSON.writeValueAsString(value));
    } else {
      check.faults().forEach(fault -> out.println(fault.line()));
      out.printf(
          "%s: %d files; %d faults.%n",
          check.whole() ? "The case is whole" : "THE CASE IS NOT WHOLE",
          check.files(),
          check.faults().size());
      out.println("Keys: " + String.join(", ", new TreeSet<>(check.keys())));
    }
    out.flush();
    return check.whole() ? 0 : NOT_WHOLE;
  }

  private static List<Fault> faults(Check check, TimeStampCheck stamps) {
    return Stream.concat(check.faults().stream(), stamps.faults().stream()).toList();
  }

  private static String words(Check check, TimeStampCheck stamps, SignedClips clips) {
    List<String> lines = new ArrayList<>();
    List<Fault> faults = faults(check, stamps);
    faults.forEach(fault -> lines.add(fault.line()));
    lines.add(
        "%s: %d alerts, %d files, %d signed documents; %d faults."
            .formatted(
                faults.isEmpty() ? "The evidence is whole" : "THE EVIDENCE IS NOT WHOLE",
                check.alerts(),
                check.files(),
                check.documents(),
                faults.size()));
    TimeStamp stamp = stamps.stamp();
    if (stamp != null) {
      lines.add(
          "Time-stamps: %d; all up to number %d was there at %s, says %s%s."
              .formatted(
                  stamps.count(),
                  stamps.newest(),
                  stamp.at(),
                  stamp.signer().getSubjectX500Principal(),
                  stamps.trusted() ? "" : " (not checked by --tsa-ca)"));
    }
    new TreeMap<>(clips.clips()).forEach((path, clip) -> lines.add(path + ": " + clip.words()));
    lines.add("Keys: " + String.join(", ", new TreeSet<>(check.keys())));
    return String.join(System.lineSeparator(), lines);
  }

  private static Map<String, Object> value(Check check, TimeStampCheck stamps, SignedClips clips) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("whole", faults(check, stamps).isEmpty());
    value.put("alerts", check.alerts());
    value.put("files", check.files());
    value.put("documents", check.documents());
    value.put("keys", new TreeSet<>(check.keys()));
    TimeStamp stamp = stamps.stamp();
    value.put("time-stamps", stamps.count());
    if (stamp != null) {
      value.put("stamped-number", stamps.newest());
      value.put("stamped-at", stamp.at().toString());
      value.put("stamped-by", stamp.signer().getSubjectX500Principal().getName());
      value.put("stamp-trusted", stamps.trusted());
    }
    Map<String, Object> signed = new TreeMap<>();
    clips.clips().forEach((path, clip) -> signed.put(path, clip.json()));
    value.put("signed-clips", signed);
    List<Map<String, Object>> faults = new ArrayList<>();
    faults(check, stamps).forEach(fault -> faults.add(value(fault)));
    value.put("faults", faults);
    return value;
  }

  private static Map<String, Object> value(Fault fault) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("file", fault.file());
    one.put("problem", fault.problem());
    one.put("ranges", fault.ranges());
    return one;
  }
}
