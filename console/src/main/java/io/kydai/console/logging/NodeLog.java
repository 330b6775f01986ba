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
 * <tr><td>loggers with a level of their own</td><td>{@value #MAX_LEVELS}; one more is
 * refused</td></tr>
 * <tr><td>length of a logger's name</td><td>200 characters of names of Java packages and
 * classes</td></tr>
 * </table>
 *
 * For any thread. Levels that were changed last until the process ends.
 */
public final class NodeLog {
  /** The environment variable and Logback property of the format. */
  public static final String FORMAT = "KYDAI_LOG_FORMAT";

  private static final int MAX_LEVELS = 100;
  private static final List<String> LEVELS =
      List.of("off", "error", "warn", "info", "debug", "trace");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$.]{0,199}");
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

  /** Returns the loggers that have a level of their own, with it in lower case. */
  public SortedMap<String, String> levels() {
    SortedMap<String, String> levels = new TreeMap<>();
    for (Logger logger : context.getLoggerList()) {
      if (logger.getLevel() != null) {
        levels.put(logger.getName(), logger.getLevel().toString().toLowerCase(Locale.ROOT));
      }
    }
    return levels;
  }

  /**
   * Sets the level of a logger and of those below it.
   *
   * @param name such as {@code io.kydai.ingest}
   * @param level one of off, error, warn, info, debug, trace
   * @throws IllegalArgumentException when there is no such level, the name is none of a logger, or
   *     too many loggers have a level of their own
   */
  public void setLevel(String name, String level) {
    Level wanted = Level.toLevel(level, null);
    if (wanted == null || !LEVELS.contains(level)) {
      throw new IllegalArgumentException("the level is off, error, warn, info, debug or trace");
    }
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a logger's name is such as io.kydai.ingest");
    }
    synchronized (context) {
      SortedMap<String, String> levels = levels();
      if (!levels.containsKey(name) && levels.size() >= MAX_LEVELS) {
        throw new IllegalArgumentException(
            MAX_LEVELS + " loggers have a level of their own, which is the most");
      }
      context.getLogger(name).setLevel(wanted);
    }
    LOG.info("The level of {} is {} now", name, wanted);
  }
}
