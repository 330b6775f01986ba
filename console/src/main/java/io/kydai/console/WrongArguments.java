package io.kydai.console;

import io.kydai.ingest.source.ShownArgument;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what is wrong with a command line. Picocli's messages quote arguments, and a camera's
 * address holds its password: an argument, or an option's value, is shown as {@link ShownArgument}
 * only.
 */
final class WrongArguments implements IParameterExceptionHandler {
  private final int exitCode;

  WrongArguments(int exitCode) {
    this.exitCode = exitCode;
  }

  @Override
  public int handleParseException(ParameterException mistake, String[] arguments) {
    CommandLine command = mistake.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(withoutSecrets(String.valueOf(mistake.getMessage()), List.of(arguments)));
    if (mistake instanceof UnmatchedArgumentException unmatched
        && unmatched.isUnknownOption()
        && !unmatched.getSuggestions().isEmpty()) {
      err.println("Did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?");
    } else {
      command.usage(err);
    }
    return exitCode;
  }

  private static String withoutSecrets(String message, List<String> arguments) {
    List<String> quoted =
        arguments.stream()
            .flatMap(argument -> Stream.of(argument, argument.substring(1 + argument.indexOf('='))))
            .filter(argument -> argument.indexOf(':') >= 0)
            // One argument may be a part of another.
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
    String shown = message;
    for (String argument : quoted) {
      shown = shown.replace(argument, ShownArgument.of(argument));
    }
    return shown;
  }
}
