package io.kydai.console.config.tree;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.kydai.models.document.MalformedException;
import io.kydai.models.document.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link Tree} from JSON (RFC 8259).
 *
 * <table>
 * <caption>Bounds; a document that exceeds one is malformed</caption>
 * <tr><td>nesting depth</td><td>{@link Tree#MAX_DEPTH}</td></tr>
 * <tr><td>length of a string</td><td>{@value #MAX_STRING} characters</td></tr>
 * <tr><td>nodes</td><td>{@link Tree#MAX_SIZE}</td></tr>
 * </table>
 */
public final class JsonTree {
  private static final int MAX_STRING = 20_000;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Tree.MAX_DEPTH)
                  .maxStringLength(MAX_STRING)
                  .build())
          .build();

  private final JsonParser parser;
  private int nodes;

  private JsonTree(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Parses a text of one value.
   *
   * @param json the text in UTF-8
   * @throws MalformedException when the text is not JSON or exceeds a bound
   */
  public static Tree parse(byte[] json) throws MalformedException {
    try (JsonParser parser = FACTORY.createParser(json)) {
      JsonTree builder = new JsonTree(parser);
      if (parser.nextToken() == null) {
        throw new MalformedException(0, "a JSON object is expected, but the text is empty");
      }
      Tree tree = builder.value();
      if (parser.nextToken() != null) {
        throw new MalformedException(0, "there is text after the JSON value");
      }
      return tree;
    } catch (JsonProcessingException e) {
      // The parser's own message quotes the text, which may hold a secret.
      String at =
          e.getLocation() == null
              ? ""
              : " at line %d, column %d"
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw new MalformedException(0, "not JSON" + at);
    } catch (IOException e) {
      throw new MalformedException(0, "not JSON: it is not UTF-8");
    }
  }

  private Tree value() throws IOException, MalformedException {
    if (++nodes > Tree.MAX_SIZE) {
      throw new MalformedException(0, "more than " + Tree.MAX_SIZE + " values");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> scalar(parser.getText());
      case VALUE_NUMBER_INT -> scalar(Tree.whole(parser.getText()));
      case VALUE_NUMBER_FLOAT -> scalar(parser.getDoubleValue());
      case VALUE_TRUE -> scalar(true);
      case VALUE_FALSE -> scalar(false);
      default -> scalar(null);
    };
  }

  private Tree scalar(@Nullable Object value) throws IOException {
    return new Tree.Scalar(0, 0, parser.getText(), value);
  }

  private Tree object() throws IOException, MalformedException {
    List<Tree.Entry> entries = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      entries.add(new Tree.Entry(key, 0, 0, value()));
    }
    return new Tree.Mapping(0, 0, entries.size() + 1, entries);
  }

  private Tree array() throws IOException, MalformedException {
    List<Tree> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value());
    }
    return new Tree.Sequence(0, 0, items.size() + 1, items);
  }
}
