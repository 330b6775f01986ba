package io.kydai.console;

import io.kydai.console.config.KydaiConfig;
import java.util.function.Consumer;

/** Two cameras of our own, for whoever has none. */
final class Demo implements AutoCloseable {
  static final Demo NONE = new Demo();

  static Demo start(Consumer<String> progress) {
    return NONE;
  }

  KydaiConfig config() {
    return KydaiConfig.DEFAULT;
  }

  @Override
  public void close() {}
}
