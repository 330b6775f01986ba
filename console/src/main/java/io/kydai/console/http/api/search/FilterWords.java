package io.kydai.console.http.api.search;

import static java.util.Objects.requireNonNull;

import io.kydai.console.agencies.Agencies;
import io.kydai.console.agencies.Agency;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.reports.ReportState;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.users.Area;
import io.kydai.console.users.Directory;
import io.kydai.ingest.source.CameraId;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The conditions of a search in words, with the names that cameras, areas and agencies have. */
public final class FilterWords {
  private final Cameras cameras;
  private final Directory directory;
  private final DeskSettings settings;
  private final ZoneId zone;

  /**
   * Creates the wording.
   *
   * @param directory has the areas
   * @param settings have the agencies
   * @param zone of the times
   */
  public FilterWords(Cameras cameras, Directory directory, DeskSettings settings, ZoneId zone) {
    this.cameras = requireNonNull(cameras);
    this.directory = requireNonNull(directory);
    this.settings = requireNonNull(settings);
    this.zone = requireNonNull(zone);
  }

  /** Returns the conditions of a call that was found to be right. */
  List<String> of(ApiCall call, FileWords words) {
    List<String> said = new ArrayList<>();
    call.time("from").ifPresent(at -> said.add(words.say("from", FileWords.time(at, zone))));
    call.time("until").ifPresent(at -> said.add(words.say("until", FileWords.time(at, zone))));
    call.text("camera").ifPresent(id -> said.add(words.say("camera", camera(id))));
    call.text("group").ifPresent(group -> said.add(words.say("group", group)));
    call.text("area").ifPresent(id -> said.add(words.say("area", area(id))));
    call.text("polygon")
        .ifPresent(drawn -> said.add(words.say("polygon", DrawnArea.of(drawn).size())));
    call.text("type").ifPresent(type -> said.add(words.say("type", words.type(type))));
    call.constant("state", ReportState.class)
        .ifPresent(state -> said.add(words.say("state", words.state(state))));
    call.text("agency").ifPresent(id -> said.add(words.say("agency", agency(id))));
    call.text("text").ifPresent(text -> said.add(words.say("text", text)));
    call.text("plate").ifPresent(plate -> said.add(words.say("plate", plate)));
    said.add(words.say("order." + call.text("order").orElse("newest")));
    return said;
  }

  private String camera(String id) {
    return cameras.find(new CameraId(id)).map(view -> view.config().name()).orElse(id);
  }

  private String area(String id) {
    return directory.areas().stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .map(Area::name)
        .orElse(id);
  }

  /** Returns the name of an agency; its id where the site has none of it. */
  String agency(String id) {
    return settings.get(Agencies.SETTING).value().find(id).map(Agency::name).orElse(id);
  }
}
