package io.kydai.console.verifier;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what a model answered. The answer is one JSON object, alone or, as many models write it
 * whatever they are asked, in one fenced block of Markdown; anything else is refused.
 */
final class RemarkText {
  private static final int MAX_DEPTH = 8;
  private static final int MAX_FLAGS = 20;
  private static final Pattern FENCED =
      Pattern.compile("```[a-zA-Z]*[ \\t]*\\R(.*?)\\R?```", Pattern.DOTALL);

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  static {
    JSON.getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build());
  }

  private RemarkText() {}

  /** Returns the text of the first choice of an answer of a chat endpoint. */
  static String content(byte[] body) throws VerifierException {
    JsonNode content = parsed(() -> JSON.readTree(body)).at("/choices/0/message/content");
    if (!content.isTextual()) {
      throw garbled("there is no choice with a text in the answer");
    }
    return content.textValue();
  }

  /** Returns the remark that a model wrote. */
  static Remark remark(String content) throws VerifierException {
    String text = content.strip();
    Matcher fenced = FENCED.matcher(text);
    String object = fenced.matches() ? fenced.group(1) : text;
    JsonNode node = parsed(() -> JSON.readTree(object));
    JsonNode likelihood = node.path("likelihood");
    JsonNode description = node.path("description");
    if (!node.isObject() || !likelihood.isNumber() || !description.isTextual()) {
      throw garbled(
          "a JSON object with a number 'likelihood' and a text 'description' is expected");
    }
    double value = likelihood.doubleValue();
    if (!(value >= 0 && value <= 1)) {
      throw garbled("'likelihood' is not in 0 to 1");
    }
    return new Remark(value, description.textValue(), flags(node.path("flags")));
  }

  private static Set<Flag> flags(JsonNode list) {
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    for (int i = 0; i < Math.min(list.size(), MAX_FLAGS); i++) {
      if (list.path(i).isTextual()) {
        Flag.of(list.path(i).textValue()).ifPresent(flags::add);
      }
    }
    return flags;
  }

  private interface Parsing {
    JsonNode parse() throws java.io.IOException;
  }

  private static JsonNode parsed(Parsing parsing) throws VerifierException {
    try {
      return parsing.parse();
    } catch (JsonProcessingException e) {
      throw garbled("the answer is no JSON (" + e.getClass().getSimpleName() + ")");
    } catch (java.io.IOException e) {
      throw garbled("the answer cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  private static VerifierException garbled(String message) {
    return new VerifierException(VerifierException.Reason.GARBLED, message);
  }
}
