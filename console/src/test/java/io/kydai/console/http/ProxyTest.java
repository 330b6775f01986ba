package io.kydai.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.config.AddressRange;
import io.kydai.console.config.HttpConfig;
import io.kydai.console.http.api.DeskServer;
import io.kydai.console.http.server.Limits;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a proxy before the server may report, and what others may not. */
class ProxyTest {
  private static final String PROPOSED = "proxy-4711";

  @TempDir Path folder;

  private DeskServer server(String... proxies) throws Exception {
    List<AddressRange> listed = List.of(proxies).stream().map(AddressRange::of).toList();
    return new DeskServer(
        folder, new HttpConfig("127.0.0.1", 0, null, null, listed), Limits.Connections.USUAL);
  }

  @Test
  void aListedProxyIsBelieved() throws Exception {
    try (DeskServer desk = server("127.0.0.0/8")) {
      Api.Answer answer =
          desk.api.get("/api/v1/cameras", "X-Forwarded-Proto", "https", "X-Request-Id", PROPOSED);
      assertThat(answer.header("Strict-Transport-Security"))
          .isEqualTo("max-age=31536000; includeSubDomains");
      assertThat(answer.header("X-Request-Id")).isEqualTo(PROPOSED);
      assertThat(
              desk.api
                  .send(
                      "POST",
                      "/api/v1/cameras",
                      "{",
                      "Content-Type",
                      "application/json",
                      "Origin",
                      "https://kydai.example",
                      "X-Forwarded-Host",
                      "kydai.example")
                  .status())
          .isEqualTo(400);
    }
  }

  @Test
  void anybodyElseIsNot() throws Exception {
    try (DeskServer desk = server("10.0.0.1")) {
      for (String[] forged :
          new String[][] {{"X-Forwarded-Proto", "https"}, {"Forwarded", "proto=https"}}) {
        Api.Answer answer =
            desk.api.get("/api/v1/cameras", forged[0], forged[1], "X-Request-Id", PROPOSED);
        assertThat(answer.header("Strict-Transport-Security")).isEmpty();
        assertThat(answer.header("X-Request-Id")).matches("[0-9A-Z]{26}");
      }
      assertThat(
              desk.api
                  .send(
                      "POST",
                      "/api/v1/cameras",
                      "{}",
                      "Content-Type",
                      "application/json",
                      "Origin",
                      "https://evil.example",
                      "X-Forwarded-Host",
                      "evil.example")
                  .status())
          .isEqualTo(403);
    }
  }

  @Test
  void aProblemHasTheIdOfItsAnswer() throws Exception {
    try (DeskServer desk = server("127.0.0.1")) {
      Api.Answer missing =
          desk.api.get("/api/v1/cameras/none", "X-Request-Id", PROPOSED).expect(404);
      assertThat(missing.json().get("request-id").asText()).isEqualTo(PROPOSED);
      Api.Answer replaced = desk.api.get("/nowhere", "X-Request-Id", "a b\"c").expect(404);
      assertThat(replaced.header("X-Request-Id"))
          .matches("[0-9A-Z]{26}")
          .isEqualTo(replaced.json().get("request-id").asText());
    }
  }
}
