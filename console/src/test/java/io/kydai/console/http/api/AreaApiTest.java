package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.http.Api;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AreaApiTest {
  private static final String AREA = "/api/v1/areas/east";

  @TempDir Path folder;
  private DeskServer desk;
  private Api api;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
    api = desk.api;
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  private static String body(String name, String version) {
    return """
        {"name": "%s", "polygon": [[16, 107], [16, 108], [17, 108]]%s}"""
        .formatted(name, version.isEmpty() ? "" : ", \"version\": \"" + version + "\"");
  }

  private String put(String name, String version) throws Exception {
    return api.json("PUT", AREA, body(name, version)).expect(200).json().get("version").asText();
  }

  private JsonNode refused(String name, String version) throws Exception {
    return api.json("PUT", AREA, body(name, version)).expect(409).json();
  }

  @Test
  void ofTwoWhoChangeAnAreaAtOnceTheSecondIsToldWhoDid() throws Exception {
    String version = put("East", "none");
    assertThat(api.get("/api/v1/areas").json().at("/areas/0/version").asText()).isEqualTo(version);
    assertThat(put("Harbour", version)).isNotEqualTo(version);

    JsonNode problem = refused("Market", version);
    assertThat(problem.get("changed-by").asText()).isNotEmpty();
    assertThat(Instant.parse(problem.get("changed-at").asText())).isBefore(Instant.now());
    assertThat(problem.get("detail").asText())
        .contains("east", "by " + problem.get("changed-by").asText());
    assertThat(api.get("/api/v1/areas").json().at("/areas/0/name").asText()).isEqualTo("Harbour");
  }

  @Test
  void ofTwoWhoAddAnAreaOfOneIdTheSecondIsToldSo() throws Exception {
    put("East", "none");
    refused("Another", "none");
    assertThat(api.get("/api/v1/areas").json().at("/areas/0/name").asText()).isEqualTo("East");
  }

  @Test
  void whoGivesNoVersionReplacesWhateverThereIs() throws Exception {
    String version = put("East", "");
    put("Harbour", "");
    assertThat(put("East", "")).isEqualTo(version);
  }

  @Test
  void whatWasRemovedMeanwhileIsNotMadeAgain() throws Exception {
    String version = put("East", "none");
    api.delete(AREA).expect(204);
    refused("East", version);
    assertThat(api.get("/api/v1/areas").json().get("areas")).isEmpty();
  }
}
