package io.kydai.console.logging;

import static java.util.Objects.requireNonNull;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import io.kydai.console.config.LogConfig;
import java.net.URL;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * The format and the levels of the node's log (Logback).
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><td>loggers whose level may be changed</td><td>the root logger, {@code io.kydai} and those
 * below it</td></tr>
 * <tr><td>such loggers with a level of their own</td><td>{@value #MAX_LEVELS}; more are
 * refused</td></tr>
 * <tr><td>length of a logger's name</td><td>{@value #MAX_NAME} characters of names of Java packages
 * and classes</td></tr>
 * </table>
 *
 * For any thread. Changed levels are kept until the process ends.
 */
public final class NodeLog {
  /** The environment variable and Logback property of the format. */
  public static final String FORMAT = "KYDAI_LOG_FORMAT";

  private static final int MAX_LEVELS = 100;
  private static final int MAX_NAME = 200;
  private static final String ROOT = org.slf4j.Logger.ROOT_LOGGER_NAME;
  private static final List<String> LEVELS =
      List.of("off", "error", "warn", "info", "debug", "trace");
  private static final Pattern NAME =
      Pattern.compile("ROOT|io\\.kydai(\\.[A-Za-z_$][A-Za-z0-9_$]*)*");
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(NodeLog.class);

  private final LoggerContext context;

  NodeLog(LoggerContext context) {
    this.context = requireNonNull(context);
  }

  /**
   * Returns the log of this process.
   *
   * @throws IllegalStateException when it is not Logback's
   */
  public static NodeLog ofProcess() {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (factory instanceof LoggerContext context) {
      return new NodeLog(context);
    }
    throw new IllegalStateException("the log is not Logback's but " + factory.getClass());
  }

  /**
   * Configures the log anew, in a format.
   *
   * @throws IllegalStateException when the log's configuration is not in the program
   */
  public void use(LogConfig.Format format) {
    URL configuration = requireNonNull(NodeLog.class.getResource("/logback.xml"));
    context.reset();
    context.putProperty(FORMAT, format.name().toLowerCase(Locale.ROOT));
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    try {
      configurator.doConfigure(configuration);
    } catch (JoranException e) {
      throw new IllegalStateException("the log cannot be configured", e);
    }
  }

  /**
   * Returns the levels, in lower case, of the root logger ({@code ROOT}) and of the loggers {@code
   * io.kydai} and below that have a level of their own; the others have that of the nearest logger
   * above them.
   */
  public SortedMap<String, String> levels() {
    SortedMap<String, String> levels = new TreeMap<>();
    for (Logger logger : context.getLoggerList()) {
      if (logger.getLevel() != null && NAME.matcher(logger.getName()).matches()) {
        levels.put(logger.getName(), logger.getLevel().toString().toLowerCase(Locale.ROOT));
      }
    }
    return levels;
  }

  /**
   * Replaces the {@link #levels}: a logger that is not named has no level of its own any more. When
   * one of them is wrong, none is changed.
   *
   * @param wanted the levels by the loggers' names, with that of {@code ROOT}; each is one of off,
   *     error, warn, info, debug, trace
   * @return the levels before
   * @throws IllegalArgumentException when a name or level is wrong, {@code ROOT} is not named, or
   *     there are too many
   */
  public SortedMap<String, String> setLevels(Map<String, String> wanted) {
    if (wanted.size() > MAX_LEVELS) {
      throw new IllegalArgumentException(
          "Expected: at most " + MAX_LEVELS + " loggers with a level of their own.");
    }
    if (!wanted.containsKey(ROOT)) {
      throw new IllegalArgumentException("Expected: a level of " + ROOT + " among the levels.");
    }
    wanted.forEach(NodeLog::check);
    SortedMap<String, String> before;
    synchronized (context) {
      before = levels();
      before.keySet().stream()
          .filter(name -> !wanted.containsKey(name))
          .forEach(name -> context.getLogger(name).setLevel(null));
      wanted.forEach((name, level) -> context.getLogger(name).setLevel(Level.toLevel(level)));
    }
    LOG.info("The levels of the log are {} now", new TreeMap<>(wanted));
    return before;
  }

  private static void check(String name, String level) {
    if (name.length() > MAX_NAME || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "Expected: the name of a logger, ROOT or such as io.kydai.ingest.");
    }
    if (!LEVELS.contains(level)) {
      throw new IllegalArgumentException(
          "Expected: off, error, warn, info, debug or trace as the level of " + name + ".");
    }
  }
}
