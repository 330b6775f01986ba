package io.kydai.console.exchange;

import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.CameraJson;
import io.kydai.console.exchange.ImportedRow.Code;
import io.kydai.console.exchange.ImportedRow.Mistake;
import io.kydai.models.document.MalformedException;
import io.kydai.models.document.Problems;
import io.kydai.models.document.Tree;
import io.kydai.models.document.YamlTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * Cameras as the configuration file's {@code cameras:}. What is written has neither users nor
 * passwords; a known camera whose address is read as it is written keeps them.
 */
public final class CameraYaml {
  private static final String HEAD =
      """
      # Cameras as they were exported from the console. Users and passwords are left out: add them
      # to 'url', or import the file where the cameras are known, which keeps them.
      """;

  private CameraYaml() {}

  /** Writes cameras. */
  public static String write(List<CameraConfig> cameras) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.AUTO)
            .setWidth(100)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .build();
    return HEAD
        + new Dump(settings)
            .dumpToString(Map.of("cameras", cameras.stream().map(CameraJson::write).toList()));
  }

  /** Reads cameras, each with its mistakes. Other sections of the file are not read. */
  public static List<ImportedRow> read(String text) {
    try {
      Optional<Tree> document = YamlTree.parse(text);
      List<Tree> items = document.flatMap(CameraYaml::cameras).orElse(List.of());
      if (items.isEmpty()) {
        return List.of(
            wrong(new Mistake(1, "cameras", Code.MISSING, "a list 'cameras:' is expected")));
      }
      Set<String> ids = new HashSet<>();
      List<ImportedRow> read = new ArrayList<>();
      items.forEach(item -> read.add(camera(item, ids)));
      return read;
    } catch (MalformedException e) {
      return List.of(
          wrong(new Mistake(e.problem().line(), "", Code.INVALID, e.problem().message())));
    }
  }

  private static ImportedRow wrong(Mistake mistake) {
    return new ImportedRow(mistake.line(), "", null, List.of(mistake));
  }

  private static Optional<List<Tree>> cameras(Tree document) {
    return document instanceof Tree.Mapping mapping
        ? mapping.entries().stream()
            .filter(entry -> entry.key().equals("cameras"))
            .map(Tree.Entry::value)
            .filter(Tree.Sequence.class::isInstance)
            .map(list -> ((Tree.Sequence) list).items())
            .findFirst()
        : Optional.empty();
  }

  private static ImportedRow camera(Tree item, Set<String> ids) {
    Problems problems = new Problems();
    Optional<CameraConfig> camera = CameraJson.read(item, problems);
    String id = camera.map(read -> read.id().value()).orElse("");
    if (camera.isPresent() && problems.count() == 0) {
      return ids.add(id)
          ? new ImportedRow(item.line(), id, camera.get(), List.of())
          : wrong(new Mistake(item.line(), "id", Code.DUPLICATE, "an id once"));
    }
    return new ImportedRow(
        item.line(),
        id,
        null,
        problems.all().stream()
            .map(one -> new Mistake(one.line(), one.key(), Code.INVALID, one.message()))
            .toList());
  }
}
