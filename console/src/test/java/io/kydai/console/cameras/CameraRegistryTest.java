package io.kydai.console.cameras;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.tree.Secret;
import io.kydai.console.secrets.TestSecrets;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CameraRegistryTest {
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, UTC);
  private static final CameraConfig GATE = camera("gate", "rtsp://u:p@cam/1");
  private static final CameraConfig YARD = camera("yard", "rtsp://cam/2");

  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void open() {
    database = TestDatabase.open(folder.resolve("kydai.db"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static CameraConfig camera(String id, String url) {
    return CameraConfig.of(new CameraId(id), Secret.of(url));
  }

  private CameraRegistry registry(CameraConfig... fromFile) {
    return new CameraRegistry(database, TestSecrets.cipher(), List.of(fromFile), CLOCK);
  }

  @Test
  void whatIsNotAsExpectedIsNotReplaced() {
    CameraRegistry registry = registry(GATE);
    CameraConfig moved = camera("gate", "rtsp://cam/9");
    assertThatThrownBy(
            () ->
                registry.replace(
                    moved, before -> !before.equals(GATE), Actor.SYSTEM, RequestOrigin.NONE))
        .isInstanceOf(CameraChangedException.class);
    assertThat(registry.camera(GATE.id())).contains(GATE);
    assertThat(registry.replace(moved, GATE::equals, Actor.SYSTEM, RequestOrigin.NONE))
        .isEqualTo(moved);
  }

  @Test
  void whatPeopleDidOutlivesARestartAndWinsOverTheFile() {
    CameraRegistry first = registry(GATE, YARD);
    CameraConfig moved = camera("gate", "rtsp://cam/9");
    CameraConfig added = camera("added", "rtsp://cam/3");
    first.replace(moved, before -> true, Actor.SYSTEM, RequestOrigin.NONE);
    first.remove(YARD.id(), Actor.SYSTEM, RequestOrigin.NONE);
    first.add(added, Actor.SYSTEM, RequestOrigin.NONE);
    assertThat(first.cameras()).containsExactly(added, moved);
    assertThat(registry(GATE, YARD).cameras()).containsExactly(added, moved);
  }

  @Test
  void theFileSpeaksAgainWhenACameraIsAsInTheFile() {
    CameraRegistry first = registry(GATE);
    first.remove(GATE.id(), Actor.SYSTEM, RequestOrigin.NONE);
    first.add(GATE, Actor.SYSTEM, RequestOrigin.NONE);
    CameraConfig later = camera("gate", "rtsp://u:p@cam/changed-in-the-file");
    assertThat(registry(later).cameras()).containsExactly(later);
  }

  @Test
  void anAddressThatComesBackAsShownKeepsItsPassword() {
    CameraRegistry registry = registry(GATE);
    CameraConfig shown = camera("gate", "rtsp://cam/1");
    assertThat(registry.replace(shown, before -> true, Actor.SYSTEM, RequestOrigin.NONE).url())
        .isEqualTo(GATE.url());
    CameraConfig elsewhere = camera("gate", "rtsp://evil/1");
    assertThat(registry.replace(elsewhere, before -> true, Actor.SYSTEM, RequestOrigin.NONE).url())
        .isEqualTo(elsewhere.url());
  }

  @Test
  void anAddressThatPeopleLeftAloneFollowsTheFile() {
    CameraRegistry first = registry(GATE);
    CameraConfig redrawn =
        GATE.withAnalysis(
            new Scene(List.of(new Line("v", new Point(0, 0), new Point(1, 1))), List.of()),
            List.of());
    first.replace(redrawn, before -> true, Actor.SYSTEM, RequestOrigin.NONE);
    CameraConfig moved = camera("gate", "rtsp://u:new-password@cam/1");
    assertThat(registry(moved).cameras()).containsExactly(redrawn.withUrl(moved.url()));
    assertThat(registry(YARD).cameras()).containsExactly(YARD);
  }

  @Test
  void aPasswordInTheQueryIsHiddenKeptAndCanBeChanged() {
    CameraRegistry registry = registry(camera("gate", "rtsp://cam/1?user=me&Password=a%20b&ch=2"));
    String shown = registry.camera(GATE.id()).orElseThrow().shownUrl().orElseThrow();
    assertThat(shown).isEqualTo("rtsp://cam/1?user=***&Password=***&ch=2");
    registry.replace(camera("gate", shown), before -> true, Actor.SYSTEM, RequestOrigin.NONE);
    assertThat(registry.camera(GATE.id()).orElseThrow().url().value()).contains("Password=a%20b");
    CameraConfig changed = camera("gate", "rtsp://cam/1?user=me&Password=new&ch=2");
    assertThat(registry.replace(changed, before -> true, Actor.SYSTEM, RequestOrigin.NONE))
        .isEqualTo(changed);
    assertThat(camera("path", "rtsp://cam/user=me&password=p&channel=1.sdp").shownUrl())
        .hasValue("rtsp://cam/user=***&password=***&channel=1.sdp");
    assertThat(camera("plain", "rtsp://cam:554/ch/1?channel=1&subtype=0").shownUrl())
        .hasValue("rtsp://cam:554/ch/1?channel=1&subtype=0");
  }

  @Test
  void theSecondStreamHasTheLogInOfTheSameHostAndKeepsItsOwn() {
    CameraConfig gate =
        camera("gate", "rtsp://u:p@cam/2").withSecondUrl(Secret.of("rtsp://cam:555/1"));
    assertThat(gate.secondSource().flatMap(CameraSource::credentials))
        .isEqualTo(gate.source().flatMap(CameraSource::credentials));
    assertThat(
            gate.withSecondUrl(Secret.of("rtsp://elsewhere/1"))
                .secondSource()
                .flatMap(CameraSource::credentials))
        .isEmpty();

    CameraConfig own = gate.withSecondUrl(Secret.of("rtsp://v:secret@cam/1?password=q"));
    CameraRegistry registry = registry();
    registry.add(own, Actor.SYSTEM, RequestOrigin.NONE);
    assertThat(registry().camera(own.id())).as("from the database").contains(own);
    String shown = own.shownSecondUrl().orElseThrow();
    assertThat(shown).isEqualTo("rtsp://cam/1?password=***");
    assertThat(
            registry.replace(
                own.withSecondUrl(Secret.of(shown)),
                before -> true,
                Actor.SYSTEM,
                RequestOrigin.NONE))
        .isEqualTo(own);
    assertThat(
            registry.replace(
                own.withSecondUrl(null), before -> true, Actor.SYSTEM, RequestOrigin.NONE))
        .isEqualTo(own.withSecondUrl(null));
  }

  @Test
  void listenersHearInOrderAndMayFail() {
    CameraRegistry registry = registry(GATE);
    List<String> heard = new ArrayList<>();
    registry.listen(
        new CameraListener() {
          @Override
          public void added(CameraConfig camera) {
            heard.add("added " + camera.id());
            throw new IllegalStateException("a listener's trouble");
          }

          @Override
          public void changed(CameraConfig before, CameraConfig after) {
            heard.add("changed " + before.id());
          }

          @Override
          public void removed(CameraConfig camera) {
            heard.add("removed " + camera.id());
          }
        });
    registry.add(YARD, Actor.SYSTEM, RequestOrigin.NONE);
    registry.replace(GATE, before -> true, Actor.SYSTEM, RequestOrigin.NONE);
    registry.replace(
        camera("gate", "rtsp://cam/8"), before -> true, Actor.SYSTEM, RequestOrigin.NONE);
    registry.remove(YARD.id(), Actor.SYSTEM, RequestOrigin.NONE);
    assertThat(heard).containsExactly("added yard", "changed gate", "removed yard");
  }

  @Test
  void unknownAndDoubleCamerasAreRefused() {
    CameraRegistry registry = registry(GATE);
    assertThatThrownBy(() -> registry.add(GATE, Actor.SYSTEM, RequestOrigin.NONE))
        .isInstanceOf(CameraExistsException.class);
    assertThatThrownBy(
            () -> registry.replace(YARD, before -> true, Actor.SYSTEM, RequestOrigin.NONE))
        .isInstanceOf(UnknownCameraException.class);
    assertThatThrownBy(() -> registry.remove(YARD.id(), Actor.SYSTEM, RequestOrigin.NONE))
        .isInstanceOf(UnknownCameraException.class);
  }

  @Test
  void aStoredCameraThatDoesNotHoldAnyMoreLeavesTheOthersAlone() {
    registry().add(YARD, Actor.SYSTEM, RequestOrigin.NONE);
    database.transaction(
        db -> {
          try (var row = db.createStatement()) {
            return row.executeUpdate("INSERT INTO camera VALUES ('bad', '{\"id\": 5', 0)");
          }
        });
    assertThat(registry(GATE).cameras()).containsExactly(GATE, YARD);
  }
}
