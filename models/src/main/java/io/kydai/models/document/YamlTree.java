package io.kydai.models.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.Event.ID;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Builds a {@link Tree} from YAML 1.2 with the scalars of its core schema (section 10.3), except
 * octal and hexadecimal numbers, infinity and NaN, which are read as texts.
 *
 * <table>
 * <caption>Bounds; a document that exceeds one is malformed</caption>
 * <tr><td>nesting depth</td><td>{@link Tree#MAX_DEPTH}</td></tr>
 * <tr><td>aliases</td><td>{@value #MAX_ALIASES}</td></tr>
 * <tr><td>nodes, with aliases resolved</td><td>{@link Tree#MAX_SIZE}</td></tr>
 * </table>
 *
 * <p>The tree is built from the parser's events, so that deep nesting reaches the bound before it
 * overflows the stack, and an alias refers to the tree of its anchor instead of a copy.
 */
public final class YamlTree {
  private static final int MAX_ALIASES = 1_000;
  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");
  private static final Pattern REAL =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

  private final Iterator<Event> events;
  private final Map<Anchor, Tree> anchors = new HashMap<>();
  private int aliases;

  private YamlTree(String yaml) {
    LoadSettings settings = LoadSettings.builder().setParseComments(false).build();
    events = new Parse(settings).parseString(yaml).iterator();
  }

  /**
   * Parses a text of one document.
   *
   * @return the document; empty when there is none
   * @throws MalformedException when the text is not YAML, has several documents, or exceeds a bound
   */
  public static Optional<Tree> parse(String yaml) throws MalformedException {
    try {
      return new YamlTree(yaml).document();
    } catch (MarkedYamlEngineException e) {
      // The exception's own message quotes the line, which may hold a secret.
      throw new MalformedException(
          line(e.getProblemMark().or(e::getContextMark).orElse(null)),
          "not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new MalformedException(0, "not YAML: it holds characters that YAML does not allow");
    }
  }

  private Optional<Tree> document() throws MalformedException {
    Event event = events.next();
    while (event.getEventId() == ID.StreamStart || event.getEventId() == ID.DocumentStart) {
      event = events.next();
    }
    if (event.getEventId() == ID.StreamEnd) {
      return Optional.empty();
    }
    Tree tree = node(event, 0);
    while (events.hasNext()) {
      Event after = events.next();
      if (after.getEventId() == ID.DocumentStart) {
        throw new MalformedException(
            line(after.getStartMark().orElse(null)), "there is a second document");
      }
    }
    return Optional.of(tree);
  }

  private Tree node(Event event, int depth) throws MalformedException {
    int line = line(event.getStartMark().orElse(null));
    if (depth > Tree.MAX_DEPTH) {
      throw new MalformedException(line, "nested deeper than " + Tree.MAX_DEPTH + " levels");
    }
    if (event instanceof AliasEvent alias) {
      return follow(alias, line);
    }
    int column = column(event.getStartMark().orElse(null));
    Tree tree =
        switch (event.getEventId()) {
          case Scalar -> scalar((ScalarEvent) event, line, column);
          case SequenceStart -> sequence((CollectionStartEvent) event, line, column, depth);
          case MappingStart -> mapping((CollectionStartEvent) event, line, column, depth);
          default -> throw new MalformedException(line, "not YAML: a value is expected");
        };
    // The anchor is registered after the content, so that an alias inside it is unknown, not a
    // loop.
    ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor, tree));
    return tree;
  }

  private Tree follow(AliasEvent alias, int line) throws MalformedException {
    if (++aliases > MAX_ALIASES) {
      throw new MalformedException(line, "more than " + MAX_ALIASES + " aliases");
    }
    Tree target = anchors.get(alias.getAlias());
    if (target == null) {
      throw new MalformedException(
          line, "no anchor '&" + alias.getAlias().getValue() + "' precedes this alias");
    }
    return target;
  }

  private Tree sequence(CollectionStartEvent start, int line, int column, int depth)
      throws MalformedException {
    refuseTag(start.getTag().orElse(null), line);
    List<Tree> items = new ArrayList<>();
    int size = 1;
    for (Event e = events.next(); e.getEventId() != ID.SequenceEnd; e = events.next()) {
      Tree item = node(e, depth + 1);
      items.add(item);
      size = grown(size, item, line);
    }
    return new Tree.Sequence(line, column, size, items);
  }

  private Tree mapping(CollectionStartEvent start, int line, int column, int depth)
      throws MalformedException {
    refuseTag(start.getTag().orElse(null), line);
    List<Tree.Entry> entries = new ArrayList<>();
    int size = 1;
    for (Event e = events.next(); e.getEventId() != ID.MappingEnd; e = events.next()) {
      int keyLine = line(e.getStartMark().orElse(null));
      int keyColumn = column(e.getStartMark().orElse(null));
      if (!(node(e, depth + 1) instanceof Tree.Scalar key)) {
        throw new MalformedException(keyLine, "a key must be a text, not a list or a mapping");
      }
      Tree value = node(events.next(), depth + 1);
      entries.add(new Tree.Entry(key.text(), keyLine, keyColumn, value));
      size = grown(size, value, line);
    }
    return new Tree.Mapping(line, column, size, entries);
  }

  private static int grown(int size, Tree by, int line) throws MalformedException {
    int sum = size + by.size();
    if (sum > Tree.MAX_SIZE) {
      throw new MalformedException(line, "more than " + Tree.MAX_SIZE + " values");
    }
    return sum;
  }

  private static Tree scalar(ScalarEvent event, int line, int column) throws MalformedException {
    boolean quoted =
        !event.isPlain() || event.getTag().filter("tag:yaml.org,2002:str"::equals).isPresent();
    if (!quoted) {
      refuseTag(event.getTag().orElse(null), line);
    }
    String text = event.getValue();
    return new Tree.Scalar(line, column, text, quoted ? text : plain(text).orElse(null));
  }

  private static Optional<Object> plain(String text) {
    switch (text) {
      case "", "~", "null", "Null", "NULL":
        return Optional.empty();
      case "true", "True", "TRUE":
        return Optional.of(true);
      case "false", "False", "FALSE":
        return Optional.of(false);
      default:
        if (WHOLE.matcher(text).matches()) {
          return Optional.of(Tree.whole(text));
        }
        return Optional.of(REAL.matcher(text).matches() ? Double.valueOf(text) : text);
    }
  }

  private static void refuseTag(@Nullable String tag, int line) throws MalformedException {
    if (tag != null) {
      throw new MalformedException(line, "tags such as '!name' are not supported");
    }
  }

  private static int line(@Nullable Mark mark) {
    return mark == null ? 0 : mark.getLine() + 1;
  }

  private static int column(@Nullable Mark mark) {
    return mark == null ? 0 : mark.getColumn() + 1;
  }
}
