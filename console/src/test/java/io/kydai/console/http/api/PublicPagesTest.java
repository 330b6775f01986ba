package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages for people who are not logged in get all that they load. */
class PublicPagesTest {
  private static final Pattern LOADED =
      Pattern.compile(
          "(?:src|href)=\"(/[^\"]*\\.(?:js|css|svg))\"|\\b(?:from|import) '(\\.[^']*\\.js)'");

  @TempDir Path folder;

  @Test
  void everyFileIsServedWithoutALogIn() throws Exception {
    Set<URI> seen = new HashSet<>();
    try (DeskServer desk = new DeskServer(folder)) {
      URI root = desk.address;
      Deque<URI> next =
          new ArrayDeque<>(List.of(root.resolve("/signin.html"), root.resolve("/share.html")));
      while (!next.isEmpty()) {
        URI file = next.pop();
        if (seen.add(file)) {
          HttpResponse<String> answer =
              HttpClient.newHttpClient()
                  .send(HttpRequest.newBuilder(file).build(), HttpResponse.BodyHandlers.ofString());
          assertThat(answer.statusCode()).as("%s", file).isEqualTo(200);
          LOADED
              .matcher(answer.body())
              .results()
              .map(PublicPagesTest::name)
              .forEach(name -> next.add(file.resolve(name)));
        }
      }
    }
    assertThat(seen)
        .extracting(URI::getPath)
        .contains("/i18n.js", "/words/share.js", "/styles/signin.css");
  }

  private static String name(MatchResult found) {
    String page = found.group(1);
    return page != null ? page : found.group(2);
  }
}
