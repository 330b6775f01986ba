package io.kydai.models.download;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Authenticator;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The command {@code scripts/get-model}: fetches a network, checks it, and writes its description.
 *
 * <p>Exit statuses: 0 done, 1 the network could not be had, 2 the command line is wrong, 3 the
 * licence was not accepted.
 */
final class GetModel {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int WRONG_USAGE = 2;
  static final int NOT_ACCEPTED = 3;

  private static final String USAGE =
      """
      Usage: scripts/get-model NAME [--accept-licence] [--to FOLDER] [--file PATH]
             scripts/get-model --list

        --accept-licence  accept the network's licence; without it a question is asked
        --to FOLDER       write to this folder (default: networks)
        --file PATH       take this file in place of a download
        --list            list the networks, their licences and addresses

      The variables https_proxy and no_proxy are heeded. docs/models.md says which network
      is for which machine.
      """;
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(30);
  private static final long MEGABYTE = 1_000_000;
  private static final long REPORT_EVERY = 10 * MEGABYTE;

  private final NetworkOffers offers;
  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;
  private final UnaryOperator<@Nullable String> question;

  /**
   * Creates the command.
   *
   * @param environment the environment variables
   * @param out the stream for what was asked for
   * @param err the stream for progress and errors
   * @param question returns a person's answer to a question; null when nobody can be asked
   */
  GetModel(
      NetworkOffers offers,
      Map<String, String> environment,
      PrintStream out,
      PrintStream err,
      UnaryOperator<@Nullable String> question) {
    this.offers = offers;
    this.environment = environment;
    this.out = out;
    this.err = err;
    this.question = question;
  }

  /** Runs the command and ends the process with its exit status. */
  public static void main(String[] words) {
    // Otherwise Java sends no name and password to a proxy through which https is tunnelled.
    System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
    GetModel command =
        new GetModel(
            NetworkOffers.published(), System.getenv(), System.out, System.err, GetModel::ask);
    System.exit(command.run(List.of(words)));
  }

  private static @Nullable String ask(@Nullable String question) {
    Console console = System.console();
    return console == null ? null : console.readLine("%s", question);
  }

  /** Runs the command and returns its exit status. */
  int run(List<String> words) {
    Arguments arguments;
    try {
      arguments = Arguments.of(words);
    } catch (IllegalArgumentException e) {
      err.println("get-model: " + e.getMessage() + "; --help shows the usage");
      return WRONG_USAGE;
    }
    return switch (arguments.action()) {
      case HELP -> {
        out.print(USAGE);
        yield DONE;
      }
      case LIST -> {
        offers.networks().forEach(this::list);
        yield DONE;
      }
      case GET -> get(arguments);
    };
  }

  private void list(OfferedNetwork network) {
    out.printf(
        Locale.ROOT,
        "%-14s %-34s %s%n%15s%s%n",
        network.name(),
        network.summary(),
        network.licence(),
        "",
        network.address());
  }

  private int get(Arguments arguments) {
    OfferedNetwork network = offers.find(arguments.name()).orElse(null);
    if (network == null) {
      err.println(
          "get-model: there is no network '"
              + arguments.name()
              + "'; the names are "
              + String.join(", ", offers.networks().stream().map(OfferedNetwork::name).toList()));
      return WRONG_USAGE;
    }
    err.printf(
        "%s: %s%nlicence: %s, %s%n",
        network.name(), network.summary(), network.licence(), network.terms());
    if (!arguments.licenceAccepted() && !acceptedByAnswer()) {
      err.println(
          "get-model: the licence was not accepted, so nothing was downloaded;"
              + " --accept-licence accepts it");
      return NOT_ACCEPTED;
    }
    try {
      Path description = install(network, arguments);
      out.println(network.name() + " is ready. In the configuration:");
      String quoted = "'" + description.toString().replace("'", "''") + "'";
      out.println("  detector: {network: " + quoted + "}");
      return DONE;
    } catch (DownloadException e) {
      err.println("get-model: " + e.getMessage());
    } catch (IOException e) {
      err.println("get-model: " + arguments.folder() + " cannot be written: " + e);
    }
    return FAILED;
  }

  private boolean acceptedByAnswer() {
    String answer = question.apply("Do you accept this licence? [y/N] ");
    return answer != null
        && (answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes"));
  }

  private Path install(OfferedNetwork network, Arguments arguments) throws IOException {
    NetworkFolder folder = new NetworkFolder(arguments.folder());
    Path file = arguments.file();
    if (file != null) {
      folder.copy(network, file);
    } else if (!folder.holds(network)) {
      folder.download(network, client(), progress(network));
    }
    return folder.describe(network);
  }

  private HttpClient client() {
    EnvironmentProxy proxy = new EnvironmentProxy(environment);
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WITHIN)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(proxy);
    Authenticator authenticator = proxy.authenticator();
    return (authenticator == null ? builder : builder.authenticator(authenticator)).build();
  }

  private LongConsumer progress(OfferedNetwork network) {
    return new LongConsumer() {
      private long next = REPORT_EVERY;

      @Override
      public void accept(long bytes) {
        if (bytes >= next) {
          next = bytes - bytes % REPORT_EVERY + REPORT_EVERY;
          err.printf("%s: %d MB%n", network.name(), bytes / MEGABYTE);
        }
      }
    };
  }
}
