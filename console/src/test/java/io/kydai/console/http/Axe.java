package io.kydai.console.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** axe-core, which finds what people with disabilities cannot use. */
final class Axe {
  /**
   * The violations of WCAG 2.2 A and AA, a text each; {@link #script} was evaluated before. Nothing
   * is preloaded: axe would wait ten seconds for each video that has no picture yet, as those of
   * cameras that do not answer, and looks at the others without that.
   */
  static final String RULES =
      "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],"
          + " preload: false, resultTypes: ['violations']})"
          + ".then(found => found.violations.flatMap(v => v.nodes.map(n =>"
          + " v.id + ': ' + n.target.join(' ') + ': ' + n.html.slice(0, 160))))";

  private Axe() {}

  static String script() throws IOException {
    try (InputStream in =
        Axe.class.getResourceAsStream("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8) + ";undefined";
    }
  }
}
