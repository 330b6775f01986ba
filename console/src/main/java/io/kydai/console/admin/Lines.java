package io.kydai.console.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Writes what a command finds when it finds it, so that there may be any number: a line of text for
 * people, or a line of JSON for programs.
 */
final class Lines {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintWriter out;
  private final boolean json;

  Lines(CommandSpec spec, NodeOptions options) {
    out = spec.commandLine().getOut();
    json = options.json();
  }

  /**
   * Writes one of the two.
   *
   * @param value texts, numbers and booleans by their names
   */
  void write(String words, Map<String, Object> value) {
    try {
      out.println(json ? JSON.writeValueAsString(value) : words);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
    out.flush();
  }
}
