package io.kydai.ingest;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What our code logs, of a level and above, while it is open. */
public final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final Logger ours = (Logger) LoggerFactory.getLogger("io.kydai");
  private final Level before = ours.getLevel();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Level level;

  public CapturedLog(Level level) {
    this.level = level;
    setContext(ours.getLoggerContext());
    start();
    if (!ours.isEnabledFor(level)) {
      ours.setLevel(level);
    }
    ours.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(level)) {
      String trace =
          Optional.ofNullable(event.getThrowableProxy())
              .map(ThrowableProxyUtil::asString)
              .orElse("");
      lines.add(event.getLevel() + " " + event.getFormattedMessage() + " " + trace);
    }
  }

  /** So far, each with its level before and its stack trace behind it. */
  public List<String> lines() {
    return lines;
  }

  @Override
  public void close() {
    ours.detachAppender(this);
    ours.setLevel(before);
    stop();
  }
}
