package io.kydai.console.admin;

import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The words for a wrong command line, which do not repeat its arguments: one may be a secret. */
final class ShownMistake {
  private ShownMistake() {}

  static String of(ParameterException mistake) {
    if (mistake instanceof UnmatchedArgumentException unmatched) {
      return unmatched.isUnknownOption()
          ? "There is no such option."
          : "There is an argument too many.";
    }
    if (mistake instanceof MissingParameterException || mistake.getArgSpec() == null) {
      return String.valueOf(mistake.getMessage());
    }
    return "The value of " + mistake.getArgSpec().paramLabel() + " is wrong.";
  }
}
