package io.kydai.console.http;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Collects what is logged as an error, or with a stack trace, until it is closed. */
public final class LoggedErrors extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final List<String> all = new CopyOnWriteArrayList<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

  public LoggedErrors() {
    setContext(root.getLoggerContext());
    start();
    root.addAppender(this);
  }

  public List<String> all() {
    return List.copyOf(all);
  }

  @Override
  protected void append(ILoggingEvent event) {
    boolean trace =
        event.getThrowableProxy() != null && event.getLevel().isGreaterOrEqual(Level.INFO);
    if (trace || event.getLevel().isGreaterOrEqual(Level.ERROR)) {
      all.add(event.getLoggerName() + ": " + event.getFormattedMessage());
    }
  }

  @Override
  public void close() {
    root.detachAppender(this);
    stop();
  }
}
