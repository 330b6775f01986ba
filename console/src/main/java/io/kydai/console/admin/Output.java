package io.kydai.console.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine.Model.CommandSpec;

/** Writes what a command has to say: lines for people, or JSON for programs. */
final class Output {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final PrintWriter out;
  private final boolean json;

  Output(CommandSpec spec, NodeOptions options) {
    out = spec.commandLine().getOut();
    json = options.json();
  }

  /**
   * Writes one of the two.
   *
   * @param value maps, lists, texts, numbers and booleans
   */
  void write(String words, Object value) {
    try {
      out.println(json ? JSON.writeValueAsString(value) : words);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
    out.flush();
  }
}
