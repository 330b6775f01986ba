package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.Api;
import io.kydai.console.users.Permission;
import io.kydai.console.users.Scope;
import io.kydai.ingest.source.CameraId;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutApiTest {
  private static final String LAYOUTS = "/api/v1/layouts";

  @TempDir Path folder;
  private DeskServer desk;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
    for (String id : List.of("gate", "bridge")) {
      desk.api
          .json(
              "POST",
              "/api/v1/cameras",
              "{\"id\": \"%s\", \"url\": \"rtsp://127.0.0.1/\", \"groups\": [\"of-%s\"]}"
                  .formatted(id, id))
          .expect(201);
    }
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  /** A program that sees the gate only. */
  private Api guard() {
    Scope gate = new Scope(false, Set.of(new CameraId("gate")), Set.of(), Set.of());
    return new Api(
        desk.address,
        desk.directory
            .addToken(
                "guard", EnumSet.of(Permission.LIVE), gate, null, Actor.SYSTEM, RequestOrigin.NONE)
            .secret());
  }

  private static JsonNode save(Api who, String layout) throws Exception {
    return who.json("PUT", LAYOUTS, layout).expect(200).json();
  }

  @Test
  void aSharedLayoutHasTheCamerasThatOneMaySee() throws Exception {
    save(
        desk.api,
        """
        {"name": " Lễ hội ", "tiles": "4", "cameras": ["bridge", "gate"], "shared": true}
        """);
    save(desk.api, "{\"name\": \"Riêng\", \"tiles\": \"1\"}");
    save(
        desk.api,
        "{\"name\": \"Cầu\", \"tiles\": \"1\", \"group\": \"of-bridge\", \"shared\": true}");
    JsonNode own = desk.api.get(LAYOUTS).expect(200).json().get("layouts");
    assertThat(own.findValuesAsText("name")).containsExactlyInAnyOrder("Lễ hội", "Riêng", "Cầu");
    JsonNode seen = guard().get(LAYOUTS).expect(200).json().get("layouts");
    assertThat(seen.findValuesAsText("name"))
        .as("neither private ones nor those of a group that one may not see")
        .containsExactly("Lễ hội");
    assertThat(seen.get(0).get("cameras").toString()).isEqualTo("[\"gate\"]");
    assertThat(seen.get(0).get("own").asBoolean()).isFalse();
    assertThat(seen.get(0).get("saved-by").asText()).isEqualTo("operator");
  }

  @Test
  void onlyTheOwnerAndAnAdministratorRemoveALayout() throws Exception {
    Api guard = guard();
    String shared =
        save(desk.api, "{\"name\": \"a\", \"tiles\": \"1\", \"shared\": true}").get("id").asText();
    String secret = save(desk.api, "{\"name\": \"b\", \"tiles\": \"1\"}").get("id").asText();
    String guards =
        save(guard, "{\"name\": \"c\", \"tiles\": \"1\", \"shared\": true}").get("id").asText();
    guard.delete(LAYOUTS + "/" + shared).expect(403);
    guard.delete(LAYOUTS + "/" + secret).expect(404);
    desk.api.delete(LAYOUTS + "/" + guards).expect(204);
    desk.api.delete(LAYOUTS + "/" + shared).expect(204);
    desk.api.delete(LAYOUTS + "/" + shared).expect(404);
  }

  @Test
  void wrongLayoutsAreRefused() throws Exception {
    for (String wrong :
        List.of(
            "{\"name\": \" \", \"tiles\": \"1\"}",
            "{\"name\": \"a\\u0000\", \"tiles\": \"1\"}",
            "{\"name\": \"a\", \"tiles\": \"3\"}",
            "{\"name\": \"a\", \"tiles\": \"1\", \"cameras\": [\"../x\"]}",
            "{\"name\": \"a\", \"tiles\": \"1\", \"cameras\": [\"gate\\n\"]}",
            "{\"name\": \"a\"}")) {
      desk.api.json("PUT", LAYOUTS, wrong).expect(400);
    }
  }
}
